import { expect, test, vi } from "vitest";

import { Previewer, type PreviewListener } from "../../src/element/previewer.ts";
import type { SessionFile } from "../../src/element/session-file.ts";
import { EngineError, type Preview, type WriteRequest } from "../../src/engine/protocol.ts";
import { HttpError } from "../../src/http.ts";

const REQUEST: WriteRequest = { to: "markdown" };

function preview(text: string): Preview {
  return { text, complete: true, bytes: text.length, exact: true, filename: "a.md", mediaType: "text/markdown", messages: 1, notices: [] };
}

function listening(): PreviewListener & { shown: string[] } {
  const shown: string[] = [];
  return {
    shown,
    onSession: vi.fn(),
    onPreview: ({ text }) => { shown.push(text); },
    onStale: vi.fn(),
    onInvalid: vi.fn(),
    onAbsent: vi.fn(),
  };
}

/** A file whose previews are given one by one, by the test. */
function file(look: (request: WriteRequest, limit: number) => Promise<Preview>, part?: SessionFile): SessionFile {
  const open = { info: { sessions: [{ messages: 3 }], notices: [] }, preview: look };
  return { signal: new AbortController().signal, open: () => Promise.resolve(open), part: () => part, numbers: null, about: (request: WriteRequest) => request } as unknown as SessionFile;
}

const settled = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve); });

test("of what is asked for meanwhile only the last is shown", async () => {
  const asked: string[] = [];
  const listener = listening();
  let release: (() => void) | undefined;
  const previewer = new Previewer(file(async ({ to }) => {
    asked.push(to);
    if (asked.length === 1) await new Promise<void>((resolve) => { release = resolve; });
    return preview(to);
  }), listener);
  previewer.ask({ to: "json" });
  await settled();
  for (const to of ["markdown", "html", "text"]) previewer.ask({ to });
  release?.();
  await settled();
  expect(asked).toEqual(["json", "text"]);
  expect(listener.shown).toEqual(["text"]);
});

test("each 'show more' asks for more", async () => {
  const limits: number[] = [];
  const previewer = new Previewer(file((_, limit) => {
    limits.push(limit);
    return Promise.resolve(preview(""));
  }), listening());
  previewer.ask(REQUEST);
  await settled();
  previewer.more(REQUEST);
  await settled();
  const [first = 0, second = 0] = limits;
  expect(second).toBeGreaterThan(first);
});

test("a filter that is wrong is told, and the next one is tried", async () => {
  const listener = listening();
  const invalid = new EngineError({ code: "invalid_filter", where: "", params: { position: 3 } });
  const previewer = new Previewer(file(({ select }) => (select?.filter === "x" ? Promise.reject(invalid) : Promise.resolve(preview("good")))), listener);
  previewer.ask({ ...REQUEST, select: { filter: "x" } });
  await settled();
  expect(listener.onInvalid).toHaveBeenLastCalledWith(invalid);
  previewer.ask(REQUEST);
  await settled();
  expect(listener.onInvalid).toHaveBeenLastCalledWith(null);
  expect(listener.shown).toEqual(["good"]);
});

test("a session that is too long for one file shows its beginning", async () => {
  const listener = listening();
  const beginning = file(() => Promise.resolve(preview("the beginning")));
  const tooLong = new HttpError(413, { code: "session_too_large" }, null);
  const whole = { signal: new AbortController().signal, open: () => Promise.reject(tooLong), part: () => beginning, numbers: null } as unknown as SessionFile;
  new Previewer(whole, listener).ask(REQUEST);
  await settled();
  expect(listener.shown).toEqual(["the beginning"]);
  expect(listener.onAbsent).not.toHaveBeenCalled();
});

test("where nothing can be had there is no preview, and the next choice tries again", async () => {
  const listener = listening();
  let broken = true;
  const previewer = new Previewer(file(() => (broken ? Promise.reject(new TypeError("network")) : Promise.resolve(preview("back")))), listener);
  previewer.ask(REQUEST);
  await settled();
  expect(listener.onAbsent).toHaveBeenCalledOnce();
  expect(listener.onStale).toHaveBeenLastCalledWith(false);
  broken = false;
  previewer.ask(REQUEST);
  await settled();
  expect(listener.shown).toEqual(["back"]);
});

test("the session is told once, however often something else is chosen", async () => {
  const listener = listening();
  const previewer = new Previewer(file(() => Promise.resolve(preview("x"))), listener);
  for (const to of ["json", "text", "html"]) {
    previewer.ask({ to });
    await settled();
  }
  expect(listener.shown).toHaveLength(3);
  expect(listener.onSession).toHaveBeenCalledOnce();
});

const PATTERN = { to: "text", redact: { kinds: [], patterns: ["(a+)+$"] } };

test("a look whose patterns come to no end gives way to the next, and is told when it takes too long", async () => {
  vi.useFakeTimers();
  const listener = listening();
  const endless = async (request: WriteRequest, _: number, signal: AbortSignal): Promise<Preview> =>
    request.redact === undefined ? preview("next") : new Promise((__, reject) => {
      signal.addEventListener("abort", () => { reject(new DOMException("", "AbortError")); });
    });
  const previewer = new Previewer(file(endless as Parameters<typeof file>[0]), listener);
  previewer.ask(PATTERN);
  await vi.advanceTimersByTimeAsync(100);
  previewer.ask(REQUEST);
  await vi.advanceTimersByTimeAsync(10);
  expect(listener.shown).toEqual(["next"]);
  previewer.ask(PATTERN);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(listener.onInvalid).toHaveBeenLastCalledWith("slow");
  expect(listener.onStale).toHaveBeenLastCalledWith(false);
  vi.useRealTimers();
});

test("patterns that are asked about later are tried now, once, and what is wrong is told", async () => {
  const listener = listening();
  const tried: unknown[] = [];
  const wrong = new EngineError({ code: "invalid_option", where: "", params: { option: "redact-pattern", reason: "", number: 1 } });
  const secrets = async ({ redact }: WriteRequest): Promise<void> => {
    tried.push(redact?.patterns);
    if (redact?.patterns?.includes("(") === true) throw wrong;
    return Promise.resolve();
  };
  const open = { info: { sessions: [] }, preview: () => Promise.resolve(preview("x")), secrets };
  const previewer = new Previewer({ signal: new AbortController().signal, open: () => Promise.resolve(open), numbers: null, about: (one: WriteRequest) => one } as unknown as SessionFile, listener);
  for (const patterns of [[], ["a"], ["a"], ["("]]) {
    previewer.ask(REQUEST, patterns);
    await settled();
  }
  expect(tried).toEqual([["a"], ["("]]);
  expect(listener.onInvalid).toHaveBeenLastCalledWith(wrong);
});
