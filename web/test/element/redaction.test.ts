import { afterEach, expect, test, vi } from "vitest";

import { defaultHiding, LOOKED_FOR, readHiding, redactionOf, writeHiding } from "../../src/element/redaction.ts";

function storing(stored: Record<string, string>): Record<string, string> {
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => { stored[key] = value; },
  });
  return stored;
}

afterEach(() => { vi.unstubAllGlobals(); });

test("until somebody chooses, secrets are asked about before they are saved, and all is hidden in what is shared", () => {
  storing({});
  expect(readHiding("k", false)).toEqual({ mode: "ask", kinds: ["private-key", "api-key", "token", "password", "secret"], patterns: [] });
  expect(readHiding("k", true)).toEqual({ mode: "on", kinds: LOOKED_FOR.map(({ kind }) => kind), patterns: [] });
});

test("what was chosen is remembered beside the format, also for what is shared", () => {
  const stored = storing({});
  const chosen = { mode: "off", kinds: ["email"], patterns: ["a b", "\\d{4}"] } as const;
  writeHiding("k", chosen);
  expect(Object.keys(stored)).toEqual(["k.redaction"]);
  expect(readHiding("k", false)).toEqual(chosen);
  expect(readHiding("k", true)).toEqual(chosen);
});

test.each(["nonsense", "null", "[]", '"on"', '{"mode":"maybe","kinds":"email","patterns":{}}', '{"kinds":["custom","bogus",3],"patterns":[1,"x"]}'])("of %s only what is known is taken", (text) => {
  storing({ "k.redaction": text });
  const read = readHiding("k", false);
  expect(read.mode).toBe("ask");
  expect(LOOKED_FOR.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...read.kinds]));
  expect(read.patterns.every((one) => typeof one === "string")).toBe(true);
});

test("storage that is blocked harms nothing", () => {
  vi.stubGlobal("localStorage", { getItem: () => { throw new Error("blocked"); }, setItem: () => { throw new Error("full"); } });
  writeHiding("k", defaultHiding(false));
  expect(readHiding("k", false)).toEqual(defaultHiding(false));
});

test("where nothing is looked for the engine is asked for nothing", () => {
  const none = new Set<string>();
  expect(redactionOf({ mode: "off", kinds: ["email"], patterns: ["x"] }, none)).toBeUndefined();
  expect(redactionOf({ mode: "on", kinds: [], patterns: [] }, none)).toBeUndefined();
  expect(redactionOf({ mode: "on", kinds: [], patterns: ["x"] }, new Set(["id"]))).toEqual({ kinds: [], patterns: ["x"], keep: ["id"] });
  expect(redactionOf({ mode: "ask", kinds: ["email"], patterns: [] }, none)).toEqual({ kinds: ["email"] });
});
