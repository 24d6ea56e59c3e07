import { expect, test } from "vitest";

import { partName, partsOf, rangeWithin } from "../../src/element/spans.ts";

test.each([
  [1, 20_000, 1],
  [20_000, 20_000, 1],
  [20_001, 20_000, 2],
  [45_000, 20_000, 3],
  [3, 1, 3],
])("%i messages at %i a file are %i parts that hold each message once", (count, limit, parts) => {
  const spans = partsOf({ from: 1, to: count }, limit);
  expect(spans).toHaveLength(parts);
  expect(spans[0]?.from).toBe(1);
  expect(spans.at(-1)?.to).toBe(count);
  for (const [index, { from, to }] of spans.entries()) {
    expect(to - from + 1).toBeLessThanOrEqual(limit);
    if (index > 0) expect(from).toBe((spans[index - 1]?.to ?? 0) + 1);
  }
});

test.each([
  [1, 10, { from: 1, to: 10 }],
  [10, 1, { from: 1, to: 10 }],
  [0, 99, { from: 1, to: 50 }],
  [-5, Number.NaN, { from: 1, to: 1 }],
  [7.9, 8.9, { from: 7, to: 8 }],
  [1, 50, { from: 1, to: 50 }],
])("the range %d to %d of 50 becomes %o", (from, to, span) => {
  expect(rangeWithin(from, to, 50)).toEqual(span);
});

test("a range longer than a file may be is divided, not cut off", () => {
  expect(partsOf(rangeWithin(11, 50, 50), 20)).toEqual([
    { from: 11, to: 30 },
    { from: 31, to: 50 },
  ]);
});

test.each([
  ["talk-1234.json", "talk-1234-1-20000.json"],
  ["no-extension", "no-extension-1-20000"],
  [".hidden", ".hidden-1-20000"],
  ["a.b.md", "a.b-1-20000.md"],
])("the file %s of a part is called %s", (name, part) => {
  expect(partName(name, { from: 1, to: 20_000 })).toBe(part);
});

test("a name that says its range already is left as it is", () => {
  expect(partName("talk-1-20000.json", { from: 1, to: 20_000 })).toBe("talk-1-20000.json");
});
