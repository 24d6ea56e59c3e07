/** What is hidden before a session is given away: chosen in the dialog, remembered where storage allows it. */
import type { Redaction } from "../engine/protocol.ts";
import { guarded } from "../storage.ts";
import { KINDS, type Kind } from "./kinds.ts";
import { sharesFiles } from "./save.ts";

/** `ask` shows what was found before anything is saved, `on` hides it, `off` looks for nothing. */
export const MODES = ["off", "ask", "on"] as const;
export type Mode = (typeof MODES)[number];

export interface Hiding {
  readonly mode: Mode;
  readonly kinds: readonly Kind[];
  /** Regular expressions of the person's own, as Python has them. */
  readonly patterns: readonly string[];
}

/** What is looked for by rules of the library's own. */
export const LOOKED_FOR = KINDS.filter(({ group }) => group !== "custom");

/**
 * What holds until somebody chooses. What is shared goes to others: there everything is hidden. What is saved is one's own, and one's
 * user name stands in nearly every agent's session: to ask each time because of it would teach everybody not to read the question.
 */
export function defaultHiding(shares: boolean): Hiding {
  const kinds = LOOKED_FOR.filter(({ group }) => shares || group === "secrets").map(({ kind }) => kind);
  return { mode: shares ? "on" : "ask", kinds, patterns: [] };
}

/** What was chosen last; what is not known any more is left out. */
export function readHiding(key: string, shares = sharesFiles()): Hiding {
  const instead = defaultHiding(shares);
  const stored = guarded(() => JSON.parse(localStorage.getItem(hidingKey(key)) ?? "null") as unknown);
  if (typeof stored !== "object" || stored === null) return instead;
  const { mode, kinds, patterns } = stored as Partial<Record<keyof Hiding, unknown>>;
  return {
    mode: MODES.find((one) => one === mode) ?? instead.mode,
    kinds: Array.isArray(kinds) ? LOOKED_FOR.map(({ kind }) => kind).filter((kind) => kinds.includes(kind)) : instead.kinds,
    patterns: Array.isArray(patterns) ? patterns.filter((one) => typeof one === "string") : [],
  };
}

/** Whether anything was chosen at all. */
export function hasHiding(key: string): boolean {
  return guarded(() => localStorage.getItem(hidingKey(key))) !== null;
}

export function writeHiding(key: string, hiding: Hiding): void {
  guarded(() => {
    localStorage.setItem(hidingKey(key), JSON.stringify(hiding));
  });
}

/** As the engine takes it, with what is left as it is all the same; undefined where nothing is to be looked for. */
export function redactionOf({ mode, kinds, patterns }: Hiding, keep: ReadonlySet<string>): Redaction | undefined {
  if (mode === "off" || kinds.length + patterns.length === 0) return undefined;
  return { kinds, ...(patterns.length > 0 && { patterns }), ...(keep.size > 0 && { keep: [...keep] }) };
}

function hidingKey(key: string): string {
  return `${key}.redaction`;
}
