import { expect, test } from "vitest";

import { formatBytes, formatDollars, formatDuration, formatNumber, formatTime, isoTime } from "../src/format.ts";

test.each([
  [0, "0 bytes"],
  [1, "1 byte"],
  [999, "999 bytes"],
  [1000, "1 kB"],
  [1249, "1.2 kB"],
  [123_456, "123 kB"],
  [36_000_000, "36 MB"],
  [5_000_000_000, "5 GB"],
])("%i bytes are written %s", (bytes, text) => {
  expect(formatBytes(bytes, "en")).toBe(text);
});

test.each([
  [0, "0 sec"],
  [59_499, "59 sec"],
  [119_999, "2 min"],
  [4_980_000, "1 hr 23 min"],
  [90_000_000, "1 day 1 hr"],
])("%i milliseconds are written %s", (ms, text) => {
  expect(formatDuration(ms, "en")).toBe(text);
});

test.each([
  [1234.5678, "$1,234.57"],
  [0.291, "$0.29"],
  [0.014, "$0.014"],
  [0.004213, "$0.0042"],
  [0.0000001, "<$0.000001"],
  [0, "$0.00"],
])("%f dollars are written %s", (usd, text) => {
  expect(formatDollars(usd, "en")).toBe(text);
});

test("numbers are grouped as the locale does it", () => {
  expect(formatNumber(20_000, "zh-CN")).toBe("20,000");
});

test("a time that no calendar holds is shown as its number, and has no datetime", () => {
  expect(formatTime(1e20, "en")).toBe("100000000000000000000");
  expect(isoTime(1e20)).toBeNull();
  expect(isoTime(0)).toBe("1970-01-01T00:00:00.000Z");
});
