/** What may stand where the caret is: predicates of a filter, commands, their formats, flags and values. Pure. */
import type { Format } from "../../element/formats.ts";
import { formatNamed, formatNames, type Sign } from "./formats.ts";
import { flagIn, scan, slashAt } from "./parse.ts";
import { LineReader, type Piece } from "./reader.ts";

export interface Completion {
  text: string;
  /** The key of the words that say what it does. */
  about: string;
  /** Where the caret stands afterwards, counted from the text's end. */
  back: number;
}

export interface Completions {
  /** What of the line a completion replaces. */
  from: number;
  to: number;
  items: readonly Completion[];
}

/** The letters of the filter language with an example each, the most useful first. */
const PREDICATES: readonly (readonly [text: string, about: string])[] = [
  ["r20", "recent"],
  ["c''", "content"],
  ["e", "error"],
  ["i", "attachment"],
  ["d<7d", "age"],
  ["m''", "model"],
  ["t''", "topic"],
  ["s>=1", "stars"],
  ["b", "blue"],
  ["g", "grey"],
  ["o", "context"],
];
const COMMANDS: ReadonlyMap<string, string> = new Map([
  [":export", "pairs"],
  ["/export", "trace"],
  ["/import", "import"],
]);
const FLAGS = ["order", "filename"] as const;

/** The completions at the caret. `ids` are those of the writers; `commands` are those that this line takes. */
export function complete(line: string, caret: number, ids: readonly Format[], commands: readonly string[]): Completions | null {
  // In the middle of a word there is nothing to complete.
  if (/\S/.test(line[caret] ?? "")) return null;
  const before = line.slice(0, caret);
  const slash = slashAt(before);
  const { colon, quoted } = scan(before);
  if (quoted && slash === null) return null;
  const start = slash ?? colon;
  const sign = slash === null ? ":" : "/";
  const name = start === null ? "" : before.slice(start + 1);
  if (start === null) return found(before, /[a-z]*$/i, [...predicates(before), ...(before.trim() === "" ? names(commands) : [])]);
  if (!/\s/.test(name)) return found(before, /\S*$/, names(commands.filter((one) => one.startsWith(sign))), start);
  return /^export\s/i.test(name) && commands.includes(`${sign}export`) ? argument(before, start + 1 + "export".length, sign, ids) : null;
}

function predicates(before: string): Completion[] {
  // Behind a predicate's own letter stands its value, not another predicate.
  if (!/(?:^|[\s&|+!()])[a-z]?$/i.test(before)) return [];
  return PREDICATES.map(([text, name]) => ({ text, about: `ui.filter_${name}`, back: text.endsWith("''") ? 1 : 0 }));
}

function names(commands: readonly string[]): Completion[] {
  return commands.map((name) => ({ text: `${name} `, about: `ui.command_${COMMANDS.get(name) ?? ""}`, back: 0 }));
}

/** A format, a flag, or a flag's value: whichever the words before the caret leave open. */
function argument(before: string, from: number, sign: Sign, ids: readonly Format[]): Completions | null {
  const reader = new LineReader(before, from);
  const words: Piece[] = [];
  while (reader.more()) words.push(reader.piece());
  if (words.at(-1)?.open === true) return null;
  const typed = /\S$/.test(before) ? words.pop() : undefined;
  const flags = words.map((word) => (word.quoted ? null : flagIn(word.text)));
  const waitsForValue = (at: number): boolean => (flags[at] ?? null) !== null && !words[at]?.text.includes("=");
  const start = typed?.from ?? before.length;
  if (waitsForValue(words.length - 1)) {
    const values = flags.at(-1) === "order" ? ["time", "topic"] : [];
    return found(before, /$/, values.map((text) => item(text, `ui.order_${text}`)), start);
  }
  const named = words.some((_, at) => flags[at] === null && !waitsForValue(at - 1));
  const formats = named ? [] : formatNames(sign, ids).map((name) => item(name, `format.${formatNamed(name, sign, ids)?.format ?? name}`));
  const left = FLAGS.filter((name) => !flags.includes(name)).map((name) => item(`--${name}`, `ui.flag_${name}`));
  return found(before, /$/, [...formats, ...left], start);
}

function item(text: string, about: string): Completion {
  return { text: `${text} `, about, back: 0 };
}

/** Those that begin with what is typed and say more than it. */
function found(before: string, typed: RegExp, items: readonly Completion[], start?: number): Completions | null {
  const from = start ?? before.search(typed);
  const prefix = before.slice(from).toLowerCase().replace(/^／/, "/").replace(/^：/, ":").replace(/^[—–]/, "--");
  const fitting = items.filter(({ text }) => text.toLowerCase().startsWith(prefix) && text.trim() !== prefix);
  return fitting.length === 0 ? null : { from, to: before.length, items: fitting };
}
