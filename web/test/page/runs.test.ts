import { expect, test } from "vitest";

import { runsOf } from "../../src/page/runs.ts";

test.each([
  [[], []],
  [[5], [{ from: 5, to: 5 }]],
  [[1, 2, 3, 10], [{ from: 1, to: 10 }]],
  [[1, 2, 3, 12], [{ from: 1, to: 3 }, { from: 12, to: 12 }]],
  [[40, 1, 2], [{ from: 1, to: 2 }, { from: 40, to: 40 }]],
])("the messages %o are asked for as %o", (numbers, runs) => {
  expect(runsOf(numbers)).toEqual(runs);
});

test("no answer holds more than 200, and none is asked for twice", () => {
  const runs = runsOf(Array.from({ length: 1000 }, (_, index) => index * 2 + 1));
  for (const [index, { from, to }] of runs.entries()) {
    expect(to - from).toBeLessThan(200);
    expect(from).toBeGreaterThan(runs[index - 1]?.to ?? 0);
  }
});
