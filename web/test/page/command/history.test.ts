import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { LineHistory } from "../../../src/page/command/history.ts";

const kept = new Map<string, string>();

beforeEach(() => {
  kept.clear();
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

test("the arrows go through the lines, and back to what was being written", () => {
  const history = new LineHistory();
  history.add("r1");
  history.add(" r2 ");
  expect(history.older("draft")).toBe("r2");
  expect(history.older("r2")).toBe("r1");
  expect(history.older("r1")).toBeNull();
  expect(history.newer()).toBe("r2");
  expect(history.newer()).toBe("draft");
  expect(history.newer()).toBeNull();
});

test("a line stands once, as the newest, and an empty one not at all", () => {
  const history = new LineHistory();
  for (const line of ["r1", "r2", "r1", "  "]) history.add(line);
  expect(history.older("")).toBe("r1");
  expect(history.older("")).toBe("r2");
  expect(history.older("")).toBeNull();
});

test("an edit begins at the newest again", () => {
  const history = new LineHistory();
  history.add("r1");
  history.add("r2");
  history.older("");
  history.older("r2");
  history.leave();
  expect(history.older("x")).toBe("r2");
});

test("the tab keeps fifty lines, and the next page of it finds them", () => {
  const history = new LineHistory();
  for (let number = 1; number <= 60; number += 1) history.add(`r${number}`);
  const next = new LineHistory();
  const found = Array.from({ length: 60 }, () => next.older("")).filter((line) => line !== null);
  expect(found).toHaveLength(50);
  expect([found[0], found.at(-1)]).toEqual(["r60", "r11"]);
});

test.each(["{", '{"a":1}', "[1,null]", '"r1"'])("what is kept as %s is no history, and harms nothing", (text) => {
  kept.set("py-export.lines", text);
  expect(new LineHistory().older("")).toBeNull();
});

test("where storage is blocked the lines live as long as the page", () => {
  vi.stubGlobal("sessionStorage", undefined);
  const history = new LineHistory();
  history.add("r1");
  expect(history.older("")).toBe("r1");
});
