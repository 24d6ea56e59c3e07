import { afterEach, expect, test, vi } from "vitest";

import { explain, isAbort, LocalError } from "../../src/element/errors.ts";
import { LOCALES, wordsFor } from "../../src/element/words.ts";
import { EngineError } from "../../src/engine/protocol.ts";
import { HttpError, TokenError } from "../../src/http.ts";

const words = wordsFor("en");

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([
  [401, {}, "sign-in"],
  [403, {}, "none"],
  [404, { code: "session_not_found" }, "none"],
  [429, {}, "retry"],
  [503, {}, "retry"],
  [500, {}, "retry"],
  [418, {}, "retry"],
  [413, { code: "session_too_large", count: 45_000, limit: 20_000 }, "parts"],
] as const)("the status %i with %o leads to %s", (status, problem, remedy) => {
  const failure = explain(new HttpError(status, problem, null), words);
  expect(failure.remedy).toBe(remedy);
  expect(failure.message).not.toMatch(/[{}]|^ui\./);
});

test("a session too large says how many messages there are and how many fit", () => {
  const failure = explain(new HttpError(413, { code: "session_too_large", count: 45_000, limit: 20_000 }, null), words);
  expect(failure).toMatchObject({ code: "session_too_large", count: 45_000, limit: 20_000 });
  expect(failure.message).toContain("45,000");
  expect(failure.message).toContain("20,000");
});

test.each([{}, { count: 10 }, { count: "45000", limit: 20_000 }, { count: 10, limit: 0 }, { count: 5, limit: 20 }])(
  "a 413 with the figures %o offers no parts",
  (figures) => {
    expect(explain(new HttpError(413, figures, null), words).remedy).toBe("retry");
  },
);

test("a session too long for one PDF is offered in parts that fit", () => {
  const error = new EngineError({ code: "document_too_long", where: "", params: { count: 30_000, fits: 9000 } });
  expect(explain(error, words)).toMatchObject({ remedy: "parts", count: 30_000, limit: 9000 });
  expect(explain(error, words).message).toContain("9,000");
  const alone = new EngineError({ code: "document_too_long", where: "", params: { count: 1, fits: 1 } });
  expect(explain(alone, words).remedy).toBe("retry");
});

test("a wait that the server names is said", () => {
  expect(explain(new HttpError(429, {}, 17), words).message).toContain("17 seconds");
});

test.each([
  [true, "network"],
  [false, "offline"],
])("a fetch that fails while online is %o is called %s", (onLine, code) => {
  vi.stubGlobal("navigator", { onLine });
  expect(explain(new TypeError("Failed to fetch"), words).code).toBe(code);
});

test("an error of the library speaks in its own sentence", () => {
  const error = new EngineError({ code: "newer_version", where: "", params: { found: 9, known: 1 } });
  expect(explain(error, words)).toMatchObject({ code: "newer_version", remedy: "retry" });
  expect(explain(error, words).message).toContain("version 9");
});

test("an error of the engine that no file knows shows its code", () => {
  expect(explain(new EngineError({ code: "of_the_future", where: "", params: {} }), words).message).toContain("of_the_future");
});

test("an unexpected error is told without its text, which may be content", () => {
  expect(explain(new Error("secret words"), words).message).not.toContain("secret");
});

test.each([...LOCALES])("every failure has a sentence in %s", (locale) => {
  const there = wordsFor(locale);
  const errors = [new TokenError("x"), new LocalError("no_session"), new LocalError("payload_failed"), new LocalError("clipboard_refused")];
  for (const error of errors) expect(explain(error, there).message).not.toMatch(/^ui\./);
});

test("stopping is no failure", () => {
  expect(isAbort(new DOMException("", "AbortError"))).toBe(true);
  expect(isAbort(new DOMException("", "NetworkError"))).toBe(false);
});
