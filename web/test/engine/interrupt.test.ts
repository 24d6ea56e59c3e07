import { afterEach, beforeEach, expect, it, vi } from "vitest";

import { Interrupt } from "../../src/engine/worker/interrupt.ts";

/** An interpreter that asks as Emscripten's helper does, which looks three times. */
function made(): { interrupt: Interrupt; ask: () => number } {
  const module: { Py_EmscriptenSignalBuffer: Uint8Array | null } = { Py_EmscriptenSignalBuffer: null };
  const python = { _module: module, setInterruptBuffer: (buffer: Uint8Array) => { module.Py_EmscriptenSignalBuffer = buffer; } };
  const interrupt = new Interrupt(python as never);
  const ask = (): number => {
    if (module.Py_EmscriptenSignalBuffer === null) return 0;
    const result = module.Py_EmscriptenSignalBuffer[0] ?? 0;
    module.Py_EmscriptenSignalBuffer[0] = 0;
    return result;
  };
  return { interrupt, ask };
}

let standing = true;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
  standing = true;
  vi.stubGlobal("XMLHttpRequest", class {
    open(): void {
      // Nothing is asked of a server.
    }
    send(): void {
      if (!standing) throw new TypeError("withdrawn");
    }
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it.each(Array.from({ length: 64 }, (_, before) => before))("tells once that an address was withdrawn, %i askings after the start", (before) => {
  const { interrupt, ask } = made();
  for (let times = 0; times < before; times += 1) expect(ask()).toBe(0);
  interrupt.watch("blob:x");
  for (let times = 0; times < 500; times += 1) expect(ask()).toBe(0);
  standing = false;
  vi.advanceTimersByTime(50);
  const told = Array.from({ length: 500 }, ask).filter((signal) => signal !== 0);
  expect(told).toEqual([2]);
});

it("looks no more often than it must, and not at all when nothing is watched", () => {
  const { interrupt, ask } = made();
  const looks = vi.spyOn(performance, "now");
  for (let times = 0; times < 1000; times += 1) ask();
  expect(looks).not.toHaveBeenCalled();
  interrupt.watch("blob:x");
  looks.mockClear();
  for (let times = 0; times < 1000; times += 1) ask();
  expect(looks.mock.calls.length).toBeLessThan(1000 / 15);
  standing = false;
  interrupt.rest();
  vi.advanceTimersByTime(50);
  expect(Array.from({ length: 500 }, ask).every((signal) => signal === 0)).toBe(true);
});

it("watches nothing where it may not look", () => {
  const { interrupt, ask } = made();
  standing = false;
  interrupt.watch("blob:x");
  vi.advanceTimersByTime(50);
  expect(Array.from({ length: 500 }, ask).every((signal) => signal === 0)).toBe(true);
});
