/** One thing of the conversation, laid out: rows of text, some on a panel, of which as much is shown as has been said. */
import { COLUMN, FONTS, INDENT, LINE, type Colour, type Font } from "./theme.ts";
import { fitted, runsLeft, whole, wrap, wrapCode, type Measure } from "./text.ts";

/** The width of a text in a font. */
export type Measures = (font: Font) => Measure;

export interface Span {
  text: string;
  font: Font;
  colour: Colour;
  /** From the column's left edge; of what runs from right to left, its right edge. */
  x: number;
  rightToLeft: boolean;
}

/** What stands behind some rows. */
export interface Panel {
  colour: Colour;
  x: number;
  width: number;
  /** Above the first row and below the last. */
  pad: number;
  /** A bar at its beginning. */
  bar: Colour | null;
}

export interface Row {
  spans: Span[];
  top: number;
  height: number;
  /** How much of the block has been said before it. */
  from: number;
  /** How much of it is its own; 0 is shown whole. */
  length: number;
  panel: Panel | null;
}

/** How a text is set. */
export interface Setting {
  font: Font;
  colour: Colour;
  panel?: Panel;
  /** Lines shown at most; a sign says that there is more. */
  most?: number;
}

const PAD = 16;

export class Block {
  readonly rows: Row[] = [];
  /** How much can be said of it, in UTF-16 units. */
  length = 0;
  /** How much of that has been said. */
  said = Infinity;
  readonly #measures: Measures;
  readonly left: number;
  readonly width: number;
  #height = 0;

  constructor(measures: Measures, depth: number) {
    this.#measures = measures;
    this.left = INDENT * Math.min(depth, 4);
    this.width = COLUMN.width - this.left;
  }

  /** As much of it as is shown now. */
  get height(): number {
    if (this.said >= this.length) return this.#height;
    const last = this.rows.findLast((row) => this.shows(row));
    return last === undefined ? 0 : last.top + last.height + (last.panel?.pad ?? 0);
  }

  shows(row: Row): boolean {
    return row.length === 0 ? row.from <= this.said : row.from < this.said;
  }

  /** What is shown of a span: no character in part. */
  textOf(row: Row, span: Span): string {
    if (row.length === 0 || row.from + row.length <= this.said) return span.text;
    return span.text.slice(0, whole(span.text, this.said - row.from));
  }

  space(height: number): void {
    this.#height += height;
  }

  /** A panel over the whole width, but for so much at its beginning. */
  panel(colour: Colour, bar: Colour | null = null): Panel {
    return { colour, x: this.left, width: this.width, pad: PAD * 0.6, bar };
  }

  /** Words or code, that count as said where they do. */
  text(text: string, { font, colour, panel, most = Infinity }: Setting, counts: boolean): void {
    const inset = panel === undefined ? 0 : PAD;
    const measure = this.#measures(font);
    const width = this.width - 2 * inset;
    const lines = font === "code" ? wrapCode(text, width, measure) : wrap(text, width, measure);
    this.#height += panel?.pad ?? 0;
    let rightToLeft = false;
    for (const [index, { from, to }] of lines.slice(0, most).entries()) {
      const shown = text.slice(from, to);
      // Where a paragraph begins it says which way it runs; code always runs to the right.
      if (font !== "code" && (from === 0 || text[from - 1] === "\n")) rightToLeft = runsLeft(text.slice(from, from + 200));
      const more = index === most - 1 && lines.length > most;
      const span = { text: more ? fitted(`${shown} …`, width, measure) : shown, font, colour, x: this.left + (rightToLeft ? this.width - inset : inset), rightToLeft };
      const next = lines[index + 1]?.from ?? text.length;
      this.#row([span], font, counts ? { from: this.length + from, length: Math.max(1, next - from) } : null, panel ?? null);
    }
    this.#height += panel?.pad ?? 0;
    if (counts) this.length += text.length;
  }

  /** One row of several spans, one after the other; the last is cut to what is left of the width, or goes below where that is too little. */
  line(...parts: { text: string; font: Font; colour: Colour; least?: number }[]): void {
    let spans: Span[] = [];
    let x = this.left;
    for (const { text, font, colour, least = 60 } of parts) {
      if (text === "") continue;
      const measure = this.#measures(font);
      const right = this.left + this.width;
      if (spans.length > 0 && x + Math.min(least, measure(text)) > right) {
        this.#row(spans, spans[0]?.font ?? font, null, null);
        spans = [];
        x = this.left + INDENT;
      }
      const shown = fitted(text, right - x, measure);
      spans.push({ text: shown, font, colour, x, rightToLeft: false });
      x += measure(shown) + 10;
    }
    if (spans.length > 0) this.#row(spans, spans[0]?.font ?? "small", null, null);
  }

  #row(spans: Span[], font: Font, said: { from: number; length: number } | null, panel: Panel | null): void {
    const height = LINE[font];
    this.rows.push({ spans, top: this.#height, height, from: said?.from ?? this.length, length: said?.length ?? 0, panel });
    this.#height += height;
  }
}

/** Widths, each measured once: sessions say the same words again and again. */
export function measuresOf(context: { font: string; measureText: (text: string) => { width: number } }): Measures {
  const known = new Map<Font, Measure>();
  return (font) => {
    let measure = known.get(font);
    if (measure === undefined) {
      const widths = new Map<string, number>();
      measure = (text) => {
        let width = widths.get(text);
        if (width === undefined) {
          context.font = FONTS[font];
          ({ width } = context.measureText(text));
          if (widths.size > MOST_KNOWN) widths.clear();
          widths.set(text, width);
        }
        return width;
      };
      known.set(font, measure);
    }
    return measure;
  };
}

const MOST_KNOWN = 20_000;
