import { describe, expect, it } from "vitest";

import { measuresOf } from "../../src/video/block.ts";
import { clockOf } from "../../src/video/draw.ts";
import { pictures, RATE } from "../../src/video/pictures.ts";
import { lengthOf, type Plan, type Scene } from "../../src/video/plan.ts";
import { moments, whole } from "../../src/video/size.ts";
import { Stage } from "../../src/video/stage.ts";
import { COLUMN } from "../../src/video/theme.ts";

const measures = measuresOf({ font: "", measureText: (text) => ({ width: text.length * 10 }) });

function planOf(scenes: Scene[], durationMs: number): Plan {
  return { video: { width: 1280, height: 720, theme: "light", holdMs: 2000 }, title: "T", facts: [], scenes, turns: [{ at: 0, scene: 0, title: "Why?" }], durationMs };
}

const TALK = planOf(
  [
    { type: "message", at: 500, role: "user", who: "User" },
    { type: "said", at: 500, what: "typed", for: 1000, parts: [{ text: "Why is it so slow?" }] },
    { type: "started", at: 3000, call: 1, name: "Bash", subject: "time make" },
    { type: "ended", at: 6000, call: 1, sign: "ok", how: "completed, 3 s", output: "real 3s" },
  ],
  8000,
);

const shown = (stage: Stage): string[] => stage.shown().flatMap(({ block }) => block.rows.filter((row) => block.shows(row)).map((row) => row.spans.map((span) => block.textOf(row, span)).join(" ")));

describe("the stage", () => {
  it("says what has been said by then, and how a call has ended where it stands", () => {
    expect(shown(Stage.at(TALK, measures, 0))).toEqual([]);
    expect(shown(Stage.at(TALK, measures, 1000))).toEqual(["User", "Why is it"]);
    expect(shown(Stage.at(TALK, measures, 4000))).toEqual(["User", "Why is it so slow?", "● Bash time make"]);
    expect(shown(Stage.at(TALK, measures, 7000))).toEqual(["User", "Why is it so slow?", "✓ Bash time make completed, 3 s", "real 3s"]);
  });

  it("is at a moment what it becomes when all before it is gone through", () => {
    const stage = new Stage(LONG, measures);
    for (const at of pictures(stage)) {
      if (at % 7000 !== 0) continue;
      const other = Stage.at(LONG, measures, at);
      expect(visible(other).at(-1)).toBe(visible(stage).at(-1));
    }
  });

  it("moves up so that what comes last is seen, and forgets what has moved out", () => {
    const stage = new Stage(LONG, measures);
    for (const at of pictures(stage)) expect(at).toBeLessThanOrEqual(stage.lengthMs);
    const placed = stage.shown();
    const bottom = (placed.at(-1)?.top ?? 0) + (placed.at(-1)?.block.height ?? 0) - stage.scroll;
    expect(bottom).toBe(COLUMN.bottom - COLUMN.top);
    expect(placed.length).toBeLessThan(30);
  });
});

const LONG = planOf(
  Array.from({ length: 100 }, (_, index): Scene[] => [
    { type: "message", at: index * 700, role: "assistant", who: "Assistant" },
    { type: "said", at: index * 700, what: "said", for: 300, parts: [{ text: `Sentence ${index}.` }] },
  ]).flat(),
  70_000,
);

const visible = (stage: Stage): string[] => shown(stage).filter((one) => one.startsWith("Sentence"));

describe("the pictures", () => {
  it("end with the video: a picture's length before it", () => {
    const stage = new Stage(TALK, measures);
    const moments = [...pictures(stage)];
    expect(lengthOf(TALK)).toBe(10_000);
    expect(moments.at(-1)).toBe(10_000 - 1000 / RATE);
    expect(moments).toEqual([...new Set(moments)].toSorted((a, b) => a - b));
  });

  it("come as often as something moves, and once a second while nothing does", () => {
    const moments = [...pictures(new Stage(TALK, measures))];
    expect(moments.filter((at) => at >= 500 && at < 1500).length).toBeGreaterThan(10);
    expect(moments.filter((at) => at >= 8000 && at < 9900)).toEqual([8000, 9000]);
  });
});

describe("the estimate", () => {
  it("looks at seconds of the whole video, each within it", () => {
    expect(moments(100_000).toSorted((a, b) => a - b)).toEqual([4500, 14_500, 24_500, 34_500, 44_500, 54_500, 64_500, 74_500, 84_500, 94_500]);
    expect(moments(600)).toEqual([0]);
    const [first = 0, ...others] = moments(100_000).slice(0, 3);
    expect(Math.min(...others.map((one) => Math.abs(one - first)))).toBeGreaterThanOrEqual(20_000);
  });

  it("is what the seconds took, and a picture by itself every five", () => {
    expect(whole({ seconds: 10, keyBytes: 10 * 40_000, keys: 10, otherBytes: 10 * 30_000 }, 60_000)).toBe(12 * 40_000 + 60 * 30_000);
  });
});

it("writes the time as players do", () => {
  expect([5, 65, 3605].map(clockOf)).toEqual(["0:05", "1:05", "1:00:05"]);
});
