import { afterEach, expect, test, vi } from "vitest";

import { mustShare, share, type Browser } from "../../src/element/save.ts";

const FILES = [new File(["{}"], "talk.json", { type: "application/json" })];
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15";
const ANDROID = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36";

afterEach(() => {
  vi.unstubAllGlobals();
});

function browser(userAgent: string, standalone: boolean | undefined, maxTouchPoints = 5, canShare = true): Browser {
  return { userAgent, maxTouchPoints, ...(standalone === undefined ? {} : { standalone }), canShare: () => canShare };
}

test.each([
  ["an app on an iPhone's home screen", browser(IPHONE, true), true],
  ["an app on an iPad, which calls itself a Mac", browser(MAC, true), true],
  ["Safari on an iPhone", browser(IPHONE, false), false],
  ["Safari on a Mac", browser(MAC, undefined, 0), false],
  ["an installed app on Android", browser(ANDROID, undefined), false],
  ["an installed iOS app that cannot share these files", browser(IPHONE, true, 5, false), false],
])("%s goes through the share sheet: %o %o", (_, where, shares) => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  expect(mustShare(FILES, where)).toBe(shares);
});

test("an iOS browser that does not know `standalone` is asked for its display mode", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  expect(mustShare(FILES, browser(IPHONE, undefined))).toBe(true);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  expect(mustShare(FILES, browser(IPHONE, undefined))).toBe(false);
});

test.each([
  ["AbortError", "dismissed"],
  ["NotAllowedError", "again"],
])("a share that ends in %s is %s", async (name, outcome) => {
  vi.stubGlobal("navigator", { share: () => Promise.reject(new DOMException("", name)) });
  expect(await share(FILES)).toBe(outcome);
});

test("the files are shared alone", async () => {
  const shared = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { share: shared });
  expect(await share(FILES)).toBe("shared");
  expect(shared).toHaveBeenCalledWith({ files: FILES });
});

test("a share that fails otherwise is an error", async () => {
  vi.stubGlobal("navigator", { share: () => Promise.reject(new DOMException("", "DataError")) });
  await expect(share(FILES)).rejects.toThrow();
});
