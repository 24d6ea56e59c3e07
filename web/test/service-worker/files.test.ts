import { expect, it } from "vitest";

import { isReady, missingBytes, stateOf, type Version } from "../../src/service-worker/files.ts";

const file = (path: string, download: number): Version["shell"][number] => ({ path, integrity: "", bytes: download * 3, download });
const VERSION: Version = {
  id: "1",
  shell: [],
  parts: [
    { name: "engine", needed: true, files: [file("engine/a", 5), file("engine/b", 7)] },
    { name: "fonts", needed: false, files: [file("engine/c", 90)] },
  ],
};

it("says of each part what is still to be fetched, as it comes over the network", () => {
  const { parts } = stateOf(VERSION, new Set(["engine/a", "engine/other"]));
  expect(parts).toEqual([
    { name: "engine", needed: true, download: 12, missing: 7 },
    { name: "fonts", needed: false, download: 90, missing: 90 },
  ]);
  expect(missingBytes(parts)).toBe(97);
  expect(isReady(parts)).toBe(false);
});

it("is ready without the heavy parts that nobody asked for", () => {
  expect(isReady(stateOf(VERSION, new Set(["engine/a", "engine/b"])).parts)).toBe(true);
});
