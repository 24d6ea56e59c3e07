/** A line taken apart: the filter, which the engine judges, and the command, which is judged here. Pure, and it never throws. */
import type { Format } from "../../element/formats.ts";
import { defaultFormat, formatNamed, type Named, type Sign } from "./formats.ts";
import { LineReader, type Piece } from "./reader.ts";

export type Order = "time" | "topic";

export interface Filter {
  text: string;
  /** Where it stands in the line. */
  at: number;
}

export interface ExportCommand extends Named {
  name: "export";
  order: Order | null;
  /** The file's exact name, where one was given. */
  filename: string | null;
}

export type Command = ExportCommand | { name: "import" };

export type ErrorCode =
  | "missing_command"
  | "unknown_command"
  | "unknown_format"
  | "unknown_order"
  | "unknown_flag"
  | "missing_value"
  | "repeated"
  | "unclosed_quote"
  | "invalid_filename"
  | "unexpected";

/** What is wrong, and where: UTF-16 indices in the line, from the first character to the one after the last. */
export interface CommandError {
  code: ErrorCode;
  position: number;
  end: number;
}

export interface Line {
  /** Null for a line that begins with a slash: what is shown stays as it is. */
  filter: Filter | null;
  command: Command | null;
  error: CommandError | null;
}

/** Two dashes, or the one that a phone makes of them. */
const FLAG = /(?:--|[—–])([^\s=]*)/y;
/** What no file system takes as a name: a path, a control character, nothing, and the two names of folders. */
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const NO_NAME = /[/\\\u0000-\u001f\u007f]|^\.{0,2}$/;

/** Take a line apart. `ids` are those of the writers. */
export function parse(line: string, ids: readonly Format[]): Line {
  const start = slashAt(line);
  if (start !== null) return { filter: null, ...commandAt(line, start, "/", ids) };
  const { colon } = scan(line);
  const filter = trimmed(line.slice(0, colon ?? line.length));
  return colon === null ? { filter, command: null, error: null } : { filter, ...commandAt(line, colon, ":", ids) };
}

/** Where the slash of a line stands that begins with one. The wide one is a Chinese keyboard's. */
export function slashAt(line: string): number | null {
  const start = line.search(/\S/);
  return /[/／]/.test(line[start] ?? "") ? start : null;
}

/** Where the command part begins, at the first colon outside quotes and parentheses; and whether the line ends inside a quote. */
export function scan(line: string): { colon: number | null; quoted: boolean } {
  let depth = 0;
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] ?? "";
    if (quote !== "") {
      if (letter === "\\") at += 1;
      else if (letter === quote) quote = "";
    } else if (letter === "'" || letter === '"') quote = letter;
    else if (letter === "(") depth += 1;
    else if (letter === ")") depth = Math.max(0, depth - 1);
    else if (depth === 0 && (letter === ":" || letter === "：")) return { colon: at, quoted: false };
  }
  return { colon: null, quoted: quote !== "" };
}

/** The name of the flag that a word begins with, or null. */
export function flagIn(word: string): string | null {
  return new LineReader(word, 0).take(FLAG)?.[1] ?? null;
}

function trimmed(text: string): Filter {
  return { text: text.trim(), at: Math.max(0, text.search(/\S/)) };
}

function commandAt(line: string, start: number, sign: Sign, ids: readonly Format[]): Pick<Line, "command" | "error"> {
  const reader = new LineReader(line, start + 1);
  const name = reader.piece();
  try {
    if (name.text === "") throw new Wrong("missing_command", { from: start, to: start + 1 });
    if (name.text.toLowerCase() === "export") return { command: exportCommand(reader, sign, ids), error: null };
    if (name.text.toLowerCase() !== "import" || sign === ":") throw new Wrong("unknown_command", name);
    if (reader.more()) throw new Wrong("unexpected", reader.piece());
    return { command: { name: "import" }, error: null };
  } catch (error) {
    if (error instanceof Wrong) return { command: null, error: { code: error.code, position: error.from, end: error.to } };
    throw error;
  }
}

function exportCommand(reader: LineReader, sign: Sign, ids: readonly Format[]): ExportCommand {
  let named: Named | undefined;
  let order: Order | undefined;
  let filename: string | undefined;
  while (reader.more()) {
    const from = reader.at;
    const flag = reader.take(FLAG)?.[1];
    if (flag !== undefined) {
      const place = { from, to: reader.at };
      if (flag !== "order" && flag !== "filename") throw new Wrong("unknown_flag", place);
      if ((flag === "order" ? order : filename) !== undefined) throw new Wrong("repeated", place);
      if (flag === "order") order = orderOf(value(reader, place));
      else filename = nameOf(value(reader, place));
      continue;
    }
    const piece = reader.piece();
    const found = piece.quoted ? undefined : formatNamed(piece.text.toLowerCase(), sign, ids);
    // Behind a slash the name may stand alone, where it cannot be a misspelt format.
    const mayBeName = sign === "/" && filename === undefined && (named !== undefined || piece.quoted || piece.text.includes("."));
    if (named === undefined && found !== undefined) named = found;
    else if (mayBeName) filename = nameOf(piece);
    else throw new Wrong(named === undefined ? "unknown_format" : "unexpected", piece);
  }
  return { name: "export", ...(named ?? defaultFormat(sign)), order: order ?? null, filename: filename ?? null };
}

/** A flag's value, behind a space or an equals sign. */
function value(reader: LineReader, flag: Place): Piece {
  const joined = reader.take(/=/y) !== null;
  if (!joined && !reader.more()) throw new Wrong("missing_value", flag);
  const before = reader.at;
  if (reader.take(FLAG) !== null && !joined) throw new Wrong("missing_value", flag);
  reader.at = before;
  const piece = reader.piece();
  if (piece.to === piece.from) throw new Wrong("missing_value", flag);
  return piece;
}

function orderOf(piece: Piece): Order {
  if (piece.text !== "time" && piece.text !== "topic") throw new Wrong("unknown_order", piece);
  return piece.text;
}

function nameOf(piece: Piece): string {
  if (piece.open) throw new Wrong("unclosed_quote", piece);
  if (NO_NAME.test(piece.text)) throw new Wrong("invalid_filename", piece);
  return piece.text;
}

type Place = Pick<Piece, "from" | "to">;

/** Ends the parsing of a command; it never leaves this module. */
class Wrong extends Error {
  readonly code: ErrorCode;
  readonly from: number;
  readonly to: number;

  constructor(code: ErrorCode, { from, to }: Place) {
    super(code);
    this.code = code;
    this.from = from;
    this.to = to;
  }
}
