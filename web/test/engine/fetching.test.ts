import { createHash } from "node:crypto";
import { afterEach, describe, expect, it, vi } from "vitest";

import { Fetching, type Sized } from "../../src/engine/worker/fetching.ts";

const DATA = new Uint8Array(300_000).map((_, at) => at % 251);
const FILE: Sized = { file: "fonts/a.ttf", bytes: DATA.length, download: 100_000, sha256: createHash("sha256").update(DATA).digest("hex") };
const never = new AbortController().signal;

function answer(response: () => Response): void {
  vi.stubGlobal("fetch", vi.fn(async (_url: string, { signal }: RequestInit) => {
    signal?.throwIfAborted();
    return Promise.resolve(response());
  }));
}

function inChunks(data: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (out) => {
      for (let at = 0; at < data.length; at += 1000) out.enqueue(data.slice(at, at + 1000));
      out.close();
    },
  });
}

afterEach(() => { vi.unstubAllGlobals(); });

describe("what is fetched", () => {
  it("comes as it is, from beside the worker", async () => {
    answer(() => new Response(inChunks(DATA)));
    expect(await new Fetching("https://host.example/engine/", [FILE], never, () => undefined).bytes(FILE)).toEqual(DATA);
    expect(fetch).toHaveBeenCalledWith("https://host.example/engine/fonts/a.ttf", { signal: never });
  });

  it("is counted as it comes over the network, over all files, and told about a hundred times", async () => {
    answer(() => new Response(inChunks(DATA)));
    const told: [number, number][] = [];
    const other = { ...FILE, file: "fonts/b.ttf" };
    const fetching = new Fetching("", [FILE, other], never, (done, total) => { told.push([done, total]); });
    await fetching.bytes(FILE);
    expect(told.at(-1)?.[0]).toBeCloseTo(100_000, -4);
    await fetching.bytes(other);
    expect(told.at(-1)).toEqual([200_000, 200_000]);
    expect(told).toEqual(told.toSorted(([one], [two]) => one - two));
    expect(told.length).toBeGreaterThan(90);
    expect(told.length).toBeLessThan(102);
  });

  it("is refused where it is not what was built, or is not there", async () => {
    answer(() => new Response(DATA.slice(1)));
    await expect(new Fetching("", [FILE], never, () => undefined).bytes(FILE)).rejects.toThrow("not the file that was built");
    answer(() => new Response(DATA, { status: 404 }));
    await expect(new Fetching("", [FILE], never, () => undefined).bytes(FILE)).rejects.toThrow("404 fonts/a.ttf");
  });

  it("is compiled while it comes", async () => {
    const empty = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
    answer(() => new Response(inChunks(empty)));
    const file = { ...FILE, bytes: empty.length };
    expect(await new Fetching("", [file], never, () => undefined).module(file)).toBeInstanceOf(WebAssembly.Module);
  });

  it("stops where somebody aborts", async () => {
    const stop = new AbortController();
    answer(() => new Response(inChunks(DATA)));
    stop.abort();
    await expect(new Fetching("", [FILE], stop.signal, () => undefined).bytes(FILE)).rejects.toThrow("aborted");
  });
});
