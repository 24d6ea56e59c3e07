import { expect, test } from "vitest";

import { fetchPayload, ownPayload, type Payload } from "../../src/element/payload.ts";

const never = new AbortController().signal;
const ignore = (): void => undefined;
const SESSION = { schemaVersion: 1, session: { id: "ä" }, messages: [] };
const TEXT = JSON.stringify(SESSION);
const BYTES = new TextEncoder().encode(TEXT);

test.each<[string, () => Payload]>([
  ["an object", () => SESSION],
  ["text", () => TEXT],
  ["a typed array", () => BYTES],
  ["an array that starts inside its buffer", () => new Uint8Array([0, 0, ...BYTES]).subarray(2)],
  ["a buffer", () => BYTES.slice().buffer],
  ["a blob", () => new Blob([TEXT])],
  ["a response", () => new Response(TEXT)],
  ["a function", () => () => SESSION],
  ["an async function", () => async () => Promise.resolve(TEXT)],
])("a payload given as %s is its bytes", async (_, payload) => {
  expect(new TextDecoder().decode(await ownPayload(payload(), never, ignore))).toBe(TEXT);
});

test("the host's own buffer stays usable", async () => {
  const buffer = BYTES.slice().buffer;
  const taken = await ownPayload(buffer, never, ignore);
  structuredClone(taken, { transfer: [taken] });
  expect(buffer.byteLength).toBe(BYTES.length);
});

test.each<[string, Payload]>([
  ["throws", () => { throw new Error("no"); }],
  ["rejects", () => Promise.reject(new Error("no"))],
  ["answers with an error", new Response("", { status: 500 })],
])("a payload that %s is its own kind of error", async (_, payload) => {
  await expect(ownPayload(payload, never, ignore)).rejects.toMatchObject({ code: "payload_failed" });
});

test("an abort is an abort, not a failed payload", async () => {
  const stop = new AbortController();
  const asked = ownPayload(() => new Promise(() => undefined), stop.signal, ignore);
  stop.abort();
  await expect(asked).rejects.toMatchObject({ name: "AbortError" });
});

test("the address is built from the endpoint, an escaped id and the range", async () => {
  const asked: string[] = [];
  const real = globalThis.fetch;
  globalThis.fetch = (input) => {
    asked.push(input as string);
    return Promise.resolve(new Response("{}"));
  };
  try {
    const origin = { endpoint: "https://x.example/base/", sessionId: "a/b?c", token: undefined };
    await fetchPayload(origin, null, never, ignore);
    await fetchPayload(origin, { from: 5, to: 9 }, never, ignore);
  } finally {
    globalThis.fetch = real;
  }
  expect(asked).toEqual([
    "https://x.example/base/api/sessions/a%2Fb%3Fc/export",
    "https://x.example/base/api/sessions/a%2Fb%3Fc/export?from=5&to=9",
  ]);
});

test("bytes are counted as they come, and a length that proves wrong is dropped", async () => {
  const seen: [number, number | null][] = [];
  const body = new ReadableStream({
    start: (controller) => {
      controller.enqueue(BYTES.slice(0, 10));
      controller.enqueue(BYTES.slice(10));
      controller.close();
    },
  });
  const response = new Response(body, { headers: { "Content-Length": "12" } });
  await ownPayload(response, never, (done, total) => seen.push([done, total]));
  expect(seen.slice(0, 3)).toEqual([[0, 12], [10, 12], [BYTES.length, null]]);
});
