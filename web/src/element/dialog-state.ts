/** What the dialog can be in, what is chosen in it, and what it wishes. */
import type { Notice, OptionValues, Selection } from "../engine/protocol.ts";
import type { Failure } from "./errors.ts";
import type { Extra } from "./extras.ts";
import type { NotWritten } from "./export.ts";
import type { Format } from "./formats.ts";
import type { Hiding } from "./redaction.ts";
import type { Answer, Purpose } from "./settling.ts";
import type { Span } from "./spans.ts";

export type State =
  | { step: "choose" }
  | { step: "busy" }
  | { step: "failed"; failure: Failure }
  | { step: "ask"; view: Asking; purpose: Purpose; answer: (answer: Answer) => void }
  | ({ step: "ready"; asText: boolean } & Outcome)
  | ({ step: "done"; bytes: number; failed: readonly NotWritten[]; refused: boolean } & Outcome);

/** What is told of finished files. */
export interface Outcome {
  names: readonly string[];
  notices: readonly Notice[];
  /** Show what was hidden in them. */
  onSee: () => void;
}

/** What is asked about, with the style that it needs. */
export interface Asking {
  readonly root: HTMLElement;
  readonly style: string;
  focus: () => void;
}

export interface Choice {
  format: Format;
  options: OptionValues;
  select: Selection;
  spans: readonly Span[] | null;
  hiding: Hiding;
  /** Of several sessions: these alone. */
  sessions?: readonly number[];
  /** Of several sessions: one document instead of a zip. */
  together?: boolean;
  /** What the format has of its own in the dialog. */
  extra?: Extra | null;
  /** Whether the engine previews it. */
  looks?: boolean;
  /** Whether there is something to export. */
  ready?: boolean;
}

export interface Wishes {
  onExport: (choice: Choice) => void;
  /** To a place that is picked first. */
  onSaveAs: (choice: Choice) => void;
  onCopy: (choice: Choice) => void;
  onSignIn: (choice: Choice) => void;
  onShare: () => void;
  /** Something was chosen: the preview is of something else now. */
  onChoice: (choice: Choice) => void;
  onMore: (choice: Choice) => void;
  /** What is hidden was chosen anew. */
  onHiding: (hiding: Hiding) => void;
  /** What a format has of its own in the dialog; it calls `changed` where something is chosen in it. */
  extra: (format: Format, changed: () => void) => Promise<Extra | null>;
  /** A sentence on what a format would fetch first, null where that is nothing. */
  weigh: (format: Format) => Promise<string | null>;
  /** The options that were chosen for a format the last time. */
  remembered: (format: Format) => OptionValues;
  /** Closed, by whatever way: what runs must stop. */
  onClose: () => void;
}
