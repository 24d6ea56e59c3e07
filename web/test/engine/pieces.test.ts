import { expect, it, vi } from "vitest";

import { Pieces } from "../../src/engine/worker/pieces.ts";

it("gives back everything in order, whatever becomes of what it lay in", async () => {
  const pieces = new Pieces();
  const bytes = new Uint8Array(1 << 20);
  for (let at = 0; at < 9; at += 1) {
    bytes.fill(at);
    pieces.add(bytes);
    pieces.add(new Uint8Array());
  }
  bytes.fill(255);
  const blob = pieces.blob("text/plain");
  expect(blob.type).toBe("text/plain");
  const whole = new Uint8Array(await blob.arrayBuffer());
  expect(whole.length).toBe(9 << 20);
  expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map((at) => whole[(at << 20) + 77])).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
});

it("makes few blobs of many pieces", () => {
  const made = vi.spyOn(globalThis, "Blob");
  const pieces = new Pieces();
  for (let at = 0; at < 64; at += 1) pieces.add(new Uint8Array(1 << 18));
  expect(pieces.blob("").size).toBe(64 << 18);
  expect(made).toHaveBeenCalledTimes(5);
  made.mockRestore();
});

it("is an empty file where nothing was written", () => {
  expect(new Pieces().blob("text/plain").size).toBe(0);
});
