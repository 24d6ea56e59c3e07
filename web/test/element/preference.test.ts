import { afterEach, expect, test, vi } from "vitest";

import { readFormat, writeFormat } from "../../src/element/preference.ts";

const KEY = "hapi.sessionExportFormat";

afterEach(() => {
  vi.unstubAllGlobals();
});

function store(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
  } as Storage;
}

test.each([
  [null, "json"],
  ["json", "json"],
  ["markdown", "markdown"],
  ["Markdown", "json"],
  ["pdf", "json"],
  ["", "json"],
])("what is stored as %o reads as %s", (stored, format) => {
  const storage = store();
  if (stored !== null) storage.setItem(KEY, stored);
  vi.stubGlobal("localStorage", storage);
  expect(readFormat(KEY)).toBe(format);
});

test("what was written is read back, under its own key alone", () => {
  vi.stubGlobal("localStorage", store());
  writeFormat("host.format", "markdown");
  expect(readFormat("host.format")).toBe("markdown");
  expect(readFormat(KEY)).toBe("json");
});

test("storage that throws on being mentioned harms nothing", () => {
  vi.stubGlobal("window", globalThis);
  Object.defineProperty(globalThis, "localStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("blocked", "SecurityError");
    },
  });
  expect(() => {
    writeFormat(KEY, "markdown");
  }).not.toThrow();
  expect(readFormat(KEY)).toBe("json");
  Reflect.deleteProperty(globalThis, "localStorage");
});

test("storage that is full harms nothing", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => null,
    setItem: () => {
      throw new DOMException("full", "QuotaExceededError");
    },
  });
  expect(() => {
    writeFormat(KEY, "markdown");
  }).not.toThrow();
});
