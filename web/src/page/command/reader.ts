/** Reads what stands behind a command: words parted by white space, and texts between quotes. */

/** A piece of the line; `from` and `to` are UTF-16 indices in it, quotes included. */
export interface Piece {
  text: string;
  from: number;
  to: number;
  quoted: boolean;
  /** Whether a quote was opened and never closed. */
  open: boolean;
}

/** The same in a file's name as in a filter; any other character behind a backslash stands for itself. */
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };
/** Beside the plain quotes, those that phones and Chinese keyboards write in their place. */
const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', "“": "”", "‘": "’", "「": "」" };

export class LineReader {
  readonly line: string;
  at: number;

  constructor(line: string, at: number) {
    this.line = line;
    this.at = at;
  }

  /** Step over white space; whether anything is left. */
  more(): boolean {
    while (/\s/.test(this.line[this.at] ?? "")) this.at += 1;
    return this.at < this.line.length;
  }

  /** Take what a sticky pattern matches here. */
  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.line);
    if (found !== null) this.at += found[0].length;
    return found;
  }

  /** Take a text between quotes, or all up to the next white space as it stands. */
  piece(): Piece {
    const from = this.at;
    const close = CLOSING[this.line[from] ?? ""];
    if (close !== undefined) return this.#quoted(from, close);
    const text = this.take(/\S*/y)?.[0] ?? "";
    return { text, from, to: this.at, quoted: false, open: false };
  }

  #quoted(from: number, close: string): Piece {
    let text = "";
    let at = from + 1;
    while (at < this.line.length && this.line[at] !== close) {
      const escaped = this.line[at] === "\\" && at + 1 < this.line.length;
      if (escaped) at += 1;
      const letter = this.line[at] ?? "";
      text += escaped ? (ESCAPES[letter] ?? letter) : letter;
      at += 1;
    }
    const open = at >= this.line.length;
    this.at = open ? at : at + 1;
    return { text, from, to: this.at, quoted: true, open };
  }
}
