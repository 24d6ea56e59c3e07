/**
 * What a format has in the dialog beside its options: a date range, a list of files, a picture of its figures, a way to make its file.
 * Its module, in `extras/`, is fetched when a format of it is first chosen.
 */
import type { Engine } from "../engine/client.ts";
import type { OptionValues, Preview, Selection, WriteRequest } from "../engine/protocol.ts";
import type { Choice, Wishes } from "./dialog-state.ts";
import type { Exported, Progress } from "./export.ts";
import { extraCode } from "./extra-code.ts";
import { FORMATS, type Format } from "./formats.ts";
import type { Host } from "./host.ts";
import type { SessionFile } from "./session-file.ts";
import type { Span } from "./spans.ts";
import type { Words } from "./words.ts";

/** Parts of the dialog that mean nothing to some formats. */
export type Part = "copy" | "options" | "preview" | "range" | "redaction" | "selection" | "together";

/** What an extra may use. */
export interface ExtraHost {
  readonly words: Words;
  readonly format: Format;
  /** The element's, by which it keeps what was chosen. */
  readonly storageKey: string;
  readonly engine: Engine;
  /** What the dialog is about: fetched and read when it is first opened, closed with the dialog. */
  readonly file: SessionFile;
  /** Something was chosen in it: the preview is of something else now. */
  readonly changed: () => void;
}

/** How a file is made, and what stops it. */
export interface Making {
  readonly request: WriteRequest;
  /** The parts to export, each a file of its own; null for the whole session in one. */
  readonly spans: readonly Span[] | null;
  /** The file's name, exactly; the format's own when absent. */
  readonly filename: string | undefined;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

export interface Extra {
  /** Stands below the cards. */
  readonly root?: HTMLElement;
  /** Style that only this one needs. */
  readonly style?: string;
  /** Stands in the preview's place; nothing is previewed by the engine then. */
  readonly preview?: HTMLElement;
  /** How the engine's preview is shown, where that is not as plain text: an element, or a sentence that stands in its place. Told of every preview. */
  readonly painted?: (preview: Preview) => HTMLElement | string;
  /** Stands above the preview. */
  readonly summary?: HTMLElement;
  /** What the dialog leaves out. */
  readonly without?: readonly Part[];
  /** What it adds to what is asked for. */
  readonly value?: () => { options?: OptionValues | undefined; select?: Selection; sessions?: readonly number[] };
  /** Something is chosen, here or elsewhere in the dialog. */
  readonly onChoice?: (choice: Choice) => void;
  /** Whether there is something to export; it says itself why not. */
  readonly ready?: () => boolean;
  /** Of several sessions it makes a file each, which no one place holds. */
  readonly apart?: true;
  /** What the file will be called, where the engine does not say so. */
  readonly filename?: () => string;
  /** Make the files, where the engine does not. Nothing is saved here; what is aborted throws an AbortError. */
  readonly make?: (making: Making) => Promise<Exported[]>;
  /** Another format was chosen, or the dialog is closed: what runs must stop. */
  readonly leave?: () => void;
}

export type MakeExtra = (host: ExtraHost) => Extra;

/** By a format's id, else by its kind; each is a module in `extras/` and a row of its table. */
export const EXTRA_NAMES = ["analytics", "patch", "settings", "video"] as const;
export type ExtraName = (typeof EXTRA_NAMES)[number];

/** What the dialog wishes of code that is fetched later. @param file What it is about; null once it is closed. */
export function extraWishes(host: Host, file: () => SessionFile | null): Pick<Wishes, "extra" | "weigh"> {
  return {
    extra: async (format, changed) => {
      const about = file();
      return about === null ? null : extraOf(host, about, format, changed);
    },
    weigh: async (format) => (await extraCode()).weigh(host.source.engine, format, host.words),
  };
}

/** What a format has, once it has come; null where it has nothing. */
async function extraOf({ words, storageKey, source: { engine } }: Host, file: SessionFile, format: Format, changed: () => void): Promise<Extra | null> {
  const name = nameOf(format);
  if (name === undefined) return null;
  const { EXTRAS, extraWords } = await extraCode();
  const { makeExtra } = await EXTRAS[name]();
  return makeExtra({ words: extraWords(words), storageKey, engine, file, format, changed });
}

/** What makes the files of a format where the engine alone cannot; null where it can. */
export async function makerOf(host: Host, file: SessionFile, format: Format): Promise<Extra | null> {
  return FORMATS.some((one) => one.id === format && "where" in one) ? extraOf(host, file, format, () => undefined) : null;
}

/** Whether a format has anything: what it lacks of the dialog must not be seen for a moment. */
export function hasExtra(format: Format): boolean {
  return nameOf(format) !== undefined;
}

function nameOf(format: Format): ExtraName | undefined {
  const kind = FORMATS.find(({ id }) => id === format)?.kind;
  return EXTRA_NAMES.find((name) => name === format) ?? EXTRA_NAMES.find((name) => name === kind);
}
