import { expect, test } from "vitest";

import { excerpt, indexOfCodePoint } from "../../../src/page/command/place.ts";

test.each([
  ["abc", 2, 2],
  ["👩a", 1, 2],
  ["𝒄𝒔𝒗", 3, 6],
  ["ab", 9, 2],
  ["", 0, 0],
])("in %o the code point %i begins at %i", (text, count, index) => {
  expect(indexOfCodePoint(text, count)).toBe(index);
});

test("a short line is shown whole", () => {
  expect(excerpt("r20 & x5", { position: 6, end: 7 })).toEqual(["r20 & ", "x", "5"]);
});

test("a long line is shown around the place, and no character is cut in half", () => {
  const line = `${"👩".repeat(40)}x${"👧".repeat(40)}`;
  const [before, place, after] = excerpt(line, { position: 80, end: 81 });
  expect([before, place, after]).toEqual([`…${"👩".repeat(8)}`, "x", `${"👧".repeat(4)}…`]);
  const odd = excerpt(`a${line}`, { position: 82, end: 83 });
  expect(odd.join("")).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
});

test("the end of a line is a place too", () => {
  expect(excerpt("r", { position: 1, end: 1 })).toEqual(["r", "", ""]);
});
