/** Draws a stage: the head with title and facts, the conversation, the foot with chapter and time. Text is drawn as text, whatever it says. */
import type { Block, Measures, Panel, Row } from "./block.ts";
import type { Stage } from "./stage.ts";
import { fitted, oneLine } from "./text.ts";
import { COLUMN, FONTS, HEIGHT, LINE, THEMES, WIDTH, type Colour, type Font } from "./theme.ts";

export type Context = OffscreenCanvasRenderingContext2D;

const MARGIN = 40;
const ROUND = 10;
/** Where a line's letters stand, of its height. */
const BASELINE = 0.71;

export class Painter {
  readonly #context: Context;
  readonly #measures: Measures;

  constructor(context: Context, measures: Measures) {
    this.#context = context;
    this.#measures = measures;
    context.textRendering = "geometricPrecision";
  }

  draw(stage: Stage): void {
    const context = this.#context;
    const { width, theme } = stage.plan.video;
    const colours = THEMES[theme];
    context.setTransform(width / WIDTH, 0, 0, width / WIDTH, 0, 0);
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    context.save();
    context.beginPath();
    context.rect(0, COLUMN.top, WIDTH, COLUMN.bottom - COLUMN.top);
    context.clip();
    for (const { block, top } of stage.shown()) {
      const y = COLUMN.top + top - stage.scroll;
      if (y < COLUMN.bottom && y + block.height > COLUMN.top) this.#block(block, y, colours);
    }
    context.restore();
    this.#head(stage, colours);
    this.#foot(stage, colours);
  }

  #block(block: Block, y: number, colours: Readonly<Record<Colour, string>>): void {
    const rows = block.rows.filter((row) => block.shows(row));
    for (const panel of new Set(rows.map((row) => row.panel))) {
      if (panel !== null) this.#panel(panel, rows.filter((row) => row.panel === panel), y, colours);
    }
    for (const row of rows) {
      for (const span of row.spans) {
        this.#text(block.textOf(row, span), COLUMN.left + span.x, y + row.top, row.height, span.font, colours[span.colour], span.rightToLeft);
      }
    }
    if (block.left > 0) {
      this.#context.fillStyle = colours.pale;
      this.#context.fillRect(COLUMN.left + block.left - 16, y, 2, block.height);
    }
  }

  #panel(panel: Panel, rows: readonly Row[], y: number, colours: Readonly<Record<Colour, string>>): void {
    const context = this.#context;
    const [first] = rows;
    const last = rows.at(-1);
    if (first === undefined || last === undefined) return;
    const top = y + first.top - panel.pad;
    const height = last.top + last.height - first.top + 2 * panel.pad;
    context.fillStyle = colours[panel.colour];
    context.beginPath();
    context.roundRect(COLUMN.left + panel.x, top, panel.width, height, ROUND);
    context.fill();
    if (panel.bar === null) return;
    context.fillStyle = colours[panel.bar];
    context.beginPath();
    context.roundRect(COLUMN.left + panel.x, top, 4, height, 2);
    context.fill();
  }

  #head({ plan }: Stage, colours: Readonly<Record<Colour, string>>): void {
    const facts = oneLine(plan.facts.join("  ·  "));
    const room = WIDTH - 2 * MARGIN;
    const shownFacts = fitted(facts, room * 0.45, this.#measures("fact"));
    const factsWidth = this.#measures("fact")(shownFacts);
    const title = fitted(oneLine(plan.title), room - factsWidth - 32, this.#measures("title"));
    this.#text(title, MARGIN, 20, LINE.title, "title", colours.text);
    this.#text(shownFacts, WIDTH - MARGIN - factsWidth, 24, LINE.fact, "fact", colours.muted);
    this.#rule(COLUMN.top - 16, colours.line);
  }

  #foot({ at, lengthMs, turn }: Stage, colours: Readonly<Record<Colour, string>>): void {
    const context = this.#context;
    const seconds = Math.floor(at / 1000);
    const clock = `${clockOf(seconds)} / ${clockOf(Math.round(lengthMs / 1000))}`;
    const width = this.#measures("fact")(clock);
    const top = COLUMN.bottom + 24;
    this.#text(fitted(oneLine(turn), WIDTH - 2 * MARGIN - width - 40, this.#measures("fact")), MARGIN, top + 10, LINE.fact, "fact", colours.muted);
    this.#text(clock, WIDTH - MARGIN - width, top + 10, LINE.fact, "fact", colours.muted);
    for (const [colour, share] of [[colours.line, 1], [colours.accent, Math.min(1, (seconds * 1000) / Math.max(1, lengthMs - 1000))]] as const) {
      context.fillStyle = colour;
      context.beginPath();
      context.roundRect(MARGIN, top, Math.max(4, (WIDTH - 2 * MARGIN) * share), 4, 2);
      context.fill();
    }
  }

  #rule(y: number, colour: string): void {
    this.#context.fillStyle = colour;
    this.#context.fillRect(MARGIN, y, WIDTH - 2 * MARGIN, 1);
  }

  #text(text: string, x: number, top: number, height: number, font: Font, colour: string, rightToLeft = false): void {
    const context = this.#context;
    context.font = FONTS[font];
    context.fillStyle = colour;
    context.direction = rightToLeft ? "rtl" : "ltr";
    context.textAlign = rightToLeft ? "right" : "left";
    context.fillText(text, x, top + height * BASELINE);
  }
}

/** Seconds as `1:05`, and `1:00:05` from an hour on. */
export function clockOf(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = String(rest).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${tail}` : `${minutes}:${tail}`;
}
