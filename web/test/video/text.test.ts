import { describe, expect, it } from "vitest";

import { drawable, fitted, oneLine, runsLeft, whole, wrap, wrapCode } from "../../src/video/text.ts";

/** Letters of one width, Chinese and emoji of two. */
const measure = (text: string): number => Array.from(text).reduce((sum, letter) => sum + (/[\u2e80-\uffff]|\p{Extended_Pictographic}/u.test(letter) ? 2 : 1), 0);
const lines = (text: string, width: number): string[] => wrap(text, width, measure).map(({ from, to }) => text.slice(from, to));

describe("wrap", () => {
  it("breaks between words, and drops the spaces there", () => {
    expect(lines("one two  three", 8)).toEqual(["one two", "three"]);
    expect(lines("a\n\nb", 8)).toEqual(["a", "", "b"]);
  });

  it("goes on in the next line with a word that is wider than one", () => {
    expect(lines("abcdefghij k", 4)).toEqual(["abcd", "efgh", "ij k"]);
  });

  it("breaks Chinese between characters, but never before what closes or after what opens", () => {
    expect(lines("数据库是好的", 6)).toEqual(["数据库", "是好的"]);
    expect(lines("数据库。是", 6)).toEqual(["数据", "库。是"]);
    expect(lines("数据“库”", 6)).toEqual(["数据", "“库”"]);
  });

  it("parts no character, however many code points it has", () => {
    const family = "👩‍👩‍👧";
    for (const line of lines(family.repeat(5), 8)) expect(line.replaceAll(family, "")).toBe("");
  });

  it("loses nothing but spaces", () => {
    const text = "Words, 数据库 and `code_that_is_rather_long()` – “quoted” text.\n\nAnd  more.";
    for (let width = 4; width < 40; width += 1) expect(lines(text, width).join("").replaceAll(/\s/g, "")).toBe(text.replaceAll(/\s/g, ""));
  });
});

it("keeps every space of code", () => {
  const code = "    if x:\n        return 数据库();";
  const found = wrapCode(code, 10, measure).map(({ from, to }) => code.slice(from, to));
  expect(found).toEqual(["    if x:", "        re", "turn 数据", "库();"]);
});

it("cuts what is too long for a line, and shows that", () => {
  expect(fitted("short", 10, measure)).toBe("short");
  expect(fitted("a long title of a session", 10, measure)).toBe("a long ti…");
  expect(measure(fitted("数据库是好的数据库", 10, measure))).toBeLessThanOrEqual(10);
});

it("shows no character in part", () => {
  expect(whole("a👩‍👩‍👧b", 3)).toBe(1);
  expect(whole("ab", 5)).toBe(2);
});

it("draws no control characters, half characters as such, and a tab as spaces", () => {
  expect(drawable("a\u001b[31mb\u0000\tc\r\nd\ud800e")).toBe("a[31mb    c\nd\ufffde");
  expect(oneLine("  a\n\tb ")).toBe("a b");
});

it("says which way a paragraph runs", () => {
  expect(runsLeft("12, שלום")).toBe(true);
  expect(runsLeft("see שלום")).toBe(false);
});
