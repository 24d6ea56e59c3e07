import { expect, it, vi } from "vitest";

import { growByLittle } from "../../src/engine/worker/growth.ts";

const PAGE = 1 << 16;
const MB = 1 << 20;

/** Imports as Emscripten makes them, and what grows by them. */
function made({ initial = 32, maximum = 2048 } = {}): { env: Record<string, (size: number) => number>; memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: (initial * MB) / PAGE, maximum });
  const env = { emscripten_resize_heap: vi.fn(() => 1), emscripten_notify_memory_growth: vi.fn(() => 0) };
  growByLittle({ env }, () => memory);
  return { env, memory };
}

it("grows by little more than is wanted", () => {
  const { env, memory } = made();
  expect(env["emscripten_resize_heap"]?.(100 * MB + 5)).toBe(1);
  expect(memory.buffer.byteLength).toBe(102 * MB);
});

it("says that memory has moved, once it has", () => {
  const { env, memory } = made();
  const sizes: number[] = [];
  const { emscripten_notify_memory_growth: notify } = env;
  vi.mocked(notify as () => number).mockImplementation(() => sizes.push(memory.buffer.byteLength));
  env["emscripten_resize_heap"]?.(40 * MB);
  expect(sizes).toEqual([40 * MB]);
});

it("takes an address beyond two gigabytes as what it is, and says where there is no more", () => {
  const { env, memory } = made();
  expect(env["emscripten_resize_heap"]?.(-MB)).toBe(0);
  expect(memory.buffer.byteLength).toBe(32 * MB);
});

it("leaves imports alone that it does not know", () => {
  const env = { emscripten_resize_heap: () => 7 };
  growByLittle({ env }, () => new WebAssembly.Memory({ initial: 1 }));
  expect(env.emscripten_resize_heap()).toBe(7);
  expect(() => { growByLittle({}, () => new WebAssembly.Memory({ initial: 1 })); }).not.toThrow();
});
