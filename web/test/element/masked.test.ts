import { expect, test } from "vitest";

import { masked } from "../../src/element/masked.ts";

test.each([
  ["sk-ant-api03-aB3dE5gH7jK9aB3dE5gH7jK9", "sk-a••••••7jK9"],
  ["h0rse-battery", "h0••••••ry"],
  ["1234", "••••••"],
  ["", "••••••"],
  ["ada@b.org", "a••••••g"],
  ["🙂🙂🙂🙂🙂", "🙂••••••🙂"],
  ["-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----", "-----BEGIN RSA PRIVATE KEY----- ••••••"],
])("%j is shown as %s", (text, shown) => {
  expect(masked(text)).toBe(shown);
});

test("how long it is is not told, and never more than two fifths of it", () => {
  for (let length = 1; length < 200; length += 1) {
    const shown = masked("x".repeat(length)).replaceAll("•", "");
    expect(shown.length).toBeLessThanOrEqual((2 * length) / 5);
    expect(shown.length).toBeLessThanOrEqual(8);
  }
});
