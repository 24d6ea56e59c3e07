/** The bytes of a session's payload: fetched from the function with progress, or handed over by the host. */
import { unlessAborted } from "../abort.ts";
import { request, type Token } from "../http.ts";
import { LocalError } from "./errors.ts";
import type { Span } from "./spans.ts";

type Given = object | string | ArrayBuffer | ArrayBufferView | Blob | Response;

/** A payload of the host's own: a value, its JSON text or bytes, or a function that gives one of these. */
export type Payload = Given | PayloadFunction;
export type PayloadFunction = (ask: { signal: AbortSignal }) => Given | Promise<Given>;

/** Bytes so far, and in all where that is known (null with compression, whose length is not the text's). */
export type OnBytes = (done: number, total: number | null) => void;

export interface Origin {
  endpoint: string;
  sessionId: string;
  token: Token | undefined;
}

export async function fetchPayload(origin: Origin, span: Span | null, signal: AbortSignal, onBytes: OnBytes): Promise<ArrayBuffer> {
  const query = span === null ? "" : `?from=${span.from}&to=${span.to}`;
  const url = `${origin.endpoint.replace(/\/+$/, "")}/api/sessions/${encodeURIComponent(origin.sessionId)}/export${query}`;
  return receive(await request(url, origin.token, signal), onBytes);
}

export async function ownPayload(payload: Payload, signal: AbortSignal, onBytes: OnBytes): Promise<ArrayBuffer> {
  let bytes: ArrayBuffer;
  try {
    const given = isFunction(payload) ? await unlessAborted(Promise.resolve(payload({ signal })), signal) : payload;
    bytes = await toBytes(given, onBytes);
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof LocalError ? error : new LocalError("payload_failed", error);
  }
  signal.throwIfAborted();
  onBytes(bytes.byteLength, bytes.byteLength);
  return bytes;
}

function isFunction(payload: Payload): payload is PayloadFunction {
  return typeof payload === "function";
}

async function toBytes(given: Given, onBytes: OnBytes): Promise<ArrayBuffer> {
  if (given instanceof Response) {
    if (!given.ok) throw new LocalError("payload_failed");
    return receive(given, onBytes);
  }
  if (given instanceof Blob) return given.arrayBuffer();
  // Copied, because the engine takes the buffer away and the host's must stay usable.
  if (given instanceof ArrayBuffer) return given.slice(0);
  if (ArrayBuffer.isView(given)) return new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice().buffer;
  return new TextEncoder().encode(typeof given === "string" ? given : JSON.stringify(given)).buffer;
}

export async function receive(response: Response, onBytes: OnBytes): Promise<ArrayBuffer> {
  const encoded = (response.headers.get("Content-Encoding") ?? "identity") !== "identity";
  const length = Number(response.headers.get("Content-Length") ?? Number.NaN);
  const total = encoded || !Number.isFinite(length) ? null : length;
  if (response.body === null) return response.arrayBuffer();

  const chunks: Uint8Array[] = [];
  let done = 0;
  onBytes(0, total);
  for await (const chunk of chunksOf(response.body)) {
    chunks.push(chunk);
    done += chunk.byteLength;
    // Across origins the encoding is not to be seen: a length that proves wrong is dropped.
    onBytes(done, total !== null && done <= total ? total : null);
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes.buffer;
}

// Safari's streams are not async iterable yet.
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
