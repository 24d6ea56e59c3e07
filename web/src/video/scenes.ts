/** What each scene looks like: speakers, words, code, tools and how they ended. */
import { Block, type Measures } from "./block.ts";
import type { Of, Sign } from "./plan.ts";
import { drawable, oneLine } from "./text.ts";
import type { Colour } from "./theme.ts";

/** Lines shown of what a tool was given and gave back, and of what is no one's speech. */
const MOST = { input: 6, output: 8, line: 6, steps: 10 };

const SIGNS: Readonly<Record<Sign | "running", readonly [sign: string, colour: Colour]>> = {
  running: ["●", "accent"],
  ok: ["✓", "accent"],
  failed: ["✗", "danger"],
  open: ["·", "muted"],
};

/** Who speaks, where that is another than before; else a little room. */
export function message(scene: Of<"message">, measures: Measures): Block {
  const block = new Block(measures, scene.depth ?? 0);
  if (scene.same === true) {
    block.space(10);
    return block;
  }
  block.space(26);
  const colour = scene.role === "user" ? "accent" : "text";
  block.line({ text: oneLine(scene.who), font: "who", colour }, { text: scene.time ?? "", font: "fact", colour: "muted" });
  block.space(4);
  return block;
}

/** What is typed, said, thought, or shown as code: it comes bit by bit. */
export function said(scene: Of<"said">, depth: number, measures: Measures): Block {
  const block = new Block(measures, depth);
  const label = oneLine(scene.label ?? "");
  if (label !== "") block.line({ text: label, font: "small", colour: "muted" });
  for (const { text, code } of scene.parts ?? []) {
    if (code !== undefined) block.text(drawable(code), { font: "code", colour: "text", panel: block.panel("code") }, true);
    else if (scene.what === "typed") block.text(drawable(text ?? ""), { font: "words", colour: "text", panel: block.panel("tint", "accent") }, true);
    else if (scene.what === "thinking") block.text(drawable(text ?? ""), { font: "thought", colour: "muted", panel: block.panel("paper", "line") }, true);
    else block.text(drawable(text ?? ""), { font: "words", colour: "text" }, true);
    block.space(8);
  }
  return block;
}

/** A tool's call, and how it ended where it has. */
export function tool(started: Of<"started">, ended: Of<"ended"> | null, depth: number, measures: Measures): Block {
  const block = new Block(measures, depth);
  const [sign, colour] = SIGNS[ended?.sign ?? "running"];
  block.space(4);
  block.line(
    { text: sign, font: "strong", colour },
    { text: oneLine(started.name ?? ""), font: "strong", colour: "text" },
    { text: oneLine(started.subject ?? ""), font: "code", colour: "muted", least: 200 },
    { text: ended === null ? "" : oneLine(ended.how), font: "small", colour: ended?.sign === "failed" ? "danger" : "muted", least: 300 },
  );
  for (const step of started.steps?.slice(0, MOST.steps) ?? []) block.text(oneLine(step), { font: "small", colour: "text", most: 2 }, false);
  if (started.input !== undefined) block.text(drawable(started.input), { font: "code", colour: "muted", panel: block.panel("code"), most: MOST.input }, false);
  if (ended?.output !== undefined) {
    block.space(6);
    block.text(drawable(ended.output), { font: "code", colour: "text", panel: block.panel("code"), most: MOST.output }, false);
  }
  block.space(4);
  return block;
}

/** What is no one's speech. */
export function line(scene: Of<"line">, depth: number, measures: Measures): Block {
  const block = new Block(measures, depth);
  const wrong = scene.what === "error";
  block.space(4);
  if (scene.label !== undefined) block.line({ text: oneLine(scene.label), font: "strong", colour: wrong ? "danger" : "muted" });
  if (scene.text !== undefined) block.text(drawable(scene.text), { font: "small", colour: wrong ? "danger" : "muted", most: MOST.line }, false);
  block.space(4);
  return block;
}
