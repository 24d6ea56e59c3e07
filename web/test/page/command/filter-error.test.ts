import { expect, test } from "vitest";

import { wordsFor } from "../../../src/element/words.ts";
import { EngineError } from "../../../src/engine/protocol.ts";
import { asksForTheContext, filterError } from "../../../src/page/command/filter-error.ts";
import { parse } from "../../../src/page/command/parse.ts";

const en = wordsFor("en");

/** What is said of a line whose filter is wrong at a code point. */
function said(line: string, position: number, reason: string): ReturnType<typeof filterError> {
  const error = new EngineError({ code: "invalid_filter", where: "", params: { position, reason, found: "" } });
  const { filter } = parse(line, []);
  return filter === null ? null : filterError(error, filter, line, en);
}

test("the place is one of the whole line, in UTF-16, and the sentence counts characters", () => {
  const line = "  c'👩👩' & 𝒙 :export md";
  const found = said(line, 8, "letter");
  expect(line.slice(found?.place?.position, found?.place?.end)).toBe("𝒙");
  expect(found?.message).toContain("character 11, “𝒙”");
  expect(found?.message).toContain("no predicate begins with it");
});

test("where the filter ends too early, its end is the place, also before a command", () => {
  expect(said("r20 &", 5, "end")).toMatchObject({ place: { position: 5, end: 5 } });
  const found = said("r :export md", 1, "count");
  expect(found?.place).toEqual({ position: 1, end: 1 });
  expect(found?.message).toContain("where it ends: a number must stand here");
});

test("another error is not the filter's", () => {
  const error = new EngineError({ code: "engine_crashed", where: "", params: {} });
  expect(filterError(error, { text: "r1", at: 0 }, "r1", en)).toBeNull();
  expect(filterError(new TypeError("x"), { text: "r1", at: 0 }, "r1", en)).toBeNull();
});

test.each([
  ["o", true],
  ["s2 & O5", true],
  ["!o3", true],
  ["d<6mo", false],
  ["d < 6 MO", false],
  ["c'o' | m\"gpt-4o\"", false],
  [String.raw`c'it\'s o'`, false],
  ["d<6mo & o", true],
])("%s asks for the context: %s", (filter, asks) => {
  expect(asksForTheContext(filter)).toBe(asks);
});
