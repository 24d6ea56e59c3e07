import { afterEach, expect, test, vi } from "vitest";

import { optionsWithDefaults, readFormat, readOptions, writeChoice, writeDefaults, writeFormat, writeOptions } from "../../src/element/preference.ts";

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

test("documents are in the language of the place until a person chooses one, and that is kept in every place", () => {
  vi.stubGlobal("localStorage", store());
  expect(optionsWithDefaults(KEY, "markdown", "zh-CN")).toEqual({ locale: "zh-CN" });
  // What the form gives differs from the format's own default: that nobody chose it, it cannot say.
  writeChoice(KEY, "markdown", { locale: "zh-CN", tools: "full" }, "zh-CN");
  expect(optionsWithDefaults(KEY, "markdown", "en")).toEqual({ locale: "en", tools: "full" });
  writeChoice(KEY, "markdown", {}, "zh-CN");
  expect(optionsWithDefaults(KEY, "markdown", "zh-CN")).toEqual({ locale: "en" });
  writeChoice(KEY, "markdown", { locale: "zh-CN" }, "en");
  expect(optionsWithDefaults(KEY, "markdown", "en")).toEqual({ locale: "zh-CN" });
  writeChoice(KEY, "markdown", {}, "en");
  expect(readOptions(KEY, "markdown")).toEqual({});
});

test("a format without a language of its own is given none, and the time zone of all is not chosen for one", () => {
  vi.stubGlobal("localStorage", store());
  writeDefaults(KEY, { timezone: "Asia/Tokyo" });
  expect(optionsWithDefaults(KEY, "csv", "zh-CN")).toEqual({ timezone: "Asia/Tokyo" });
  writeChoice(KEY, "csv", { timezone: "Asia/Tokyo", bom: true }, "zh-CN");
  expect(readOptions(KEY, "csv")).toEqual({ bom: true });
});
