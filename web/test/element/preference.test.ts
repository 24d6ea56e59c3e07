import { afterEach, expect, test, vi } from "vitest";

import { readFormat, readOptions, writeFormat, writeOptions } from "../../src/element/preference.ts";

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
  ["docx", "json"],
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

test("options are remembered per format, and forgotten where nothing is changed", () => {
  vi.stubGlobal("localStorage", store());
  writeOptions(KEY, "markdown", { tools: "full" });
  writeOptions(KEY, "html", { charts: false });
  expect(readOptions(KEY, "markdown")).toEqual({ tools: "full" });
  expect(readOptions(KEY, "html")).toEqual({ charts: false });
  writeOptions(KEY, "markdown", {});
  expect(readOptions(KEY, "markdown")).toEqual({});
  expect(readOptions(KEY, "html")).toEqual({ charts: false });
});

test("nothing is written for options that were never changed", () => {
  const storage = store();
  vi.stubGlobal("localStorage", storage);
  writeOptions(KEY, "markdown", {});
  expect(storage.getItem(`${KEY}.options`)).toBeNull();
});

test.each(["[]", "null", "{", '{"markdown": 3}', '{"markdown": {"tools": "everything", "pages": 2, "thinking": "yes"}}'])(
  "remembered options that no version wrote (%s) are none",
  (stored) => {
    const storage = store();
    storage.setItem(`${KEY}.options`, stored);
    vi.stubGlobal("localStorage", storage);
    expect(readOptions(KEY, "markdown")).toEqual({});
  },
);
