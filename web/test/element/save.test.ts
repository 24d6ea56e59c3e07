import { afterEach, expect, test, vi } from "vitest";

import { share, wayOf, type Browser, type Way } from "../../src/element/save.ts";

const FILES = [new File(["{}"], "talk.json", { type: "application/json" })];
const IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15";
const MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/26.0 Safari/605.1.15";
const ANDROID = "Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/142.0.0.0 Mobile Safari/537.36";
const AS_THEY_ARE: Way = { share: FILES, asText: false };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A fake of what is asked of `navigator`, for no browser here has a share sheet; `shared` are the types that it shares. */
function fakeBrowser(userAgent: string, standalone: boolean | undefined, maxTouchPoints = 5, shared = ["application/json"]): Browser {
  const canShare = ({ files }: { files: File[] }): boolean => files.every(({ type }) => shared.includes(type));
  return { userAgent, maxTouchPoints, ...(standalone === undefined ? {} : { standalone }), canShare };
}

test.each<[string, Browser, Way]>([
  ["an app on an iPhone's home screen", fakeBrowser(IPHONE, true), AS_THEY_ARE],
  ["an app on an iPad, which calls itself a Mac", fakeBrowser(MAC, true), AS_THEY_ARE],
  ["Safari on an iPhone", fakeBrowser(IPHONE, false), "download"],
  ["Safari on a Mac", fakeBrowser(MAC, undefined, 0), "download"],
  ["an installed app on Android", fakeBrowser(ANDROID, undefined), "download"],
  ["an installed iOS app that shares nothing", fakeBrowser(IPHONE, true, 5, []), "refused"],
  ["an installed iOS app of a version without a share sheet for files", { userAgent: IPHONE, maxTouchPoints: 5, standalone: true }, "refused"],
])("in %s the files go their way", (_, where, way) => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  expect(wayOf(FILES, where)).toEqual(way);
});

test("an iOS browser that does not know `standalone` is asked for its display mode", () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true }));
  expect(wayOf(FILES, fakeBrowser(IPHONE, undefined))).toEqual(AS_THEY_ARE);
  vi.stubGlobal("matchMedia", () => ({ matches: false }));
  expect(wayOf(FILES, fakeBrowser(IPHONE, undefined))).toBe("download");
});

test.each(["application/jsonl", "application/json", "text/markdown"])("a text that is not shared as %s is shared as text, with the same bytes", async (type) => {
  const way = wayOf([new File(["one\ntwo\n"], "talk.jsonl", { type })], fakeBrowser(IPHONE, true, 5, ["text/plain"]));
  expect(way).toMatchObject({ asText: true });
  const [file] = typeof way === "object" ? way.share : [];
  expect([file?.name, file?.type, await file?.text()]).toEqual(["talk.jsonl.txt", "text/plain", "one\ntwo\n"]);
});

test("what is no text is never shared as one", () => {
  const zip = new File(["PK"], "sessions.zip", { type: "application/zip" });
  expect(wayOf([zip], fakeBrowser(IPHONE, true, 5, ["text/plain"]))).toBe("refused");
});

test.each([
  ["AbortError", "dismissed"],
  ["NotAllowedError", "again"],
  ["DataError", "refused"],
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
