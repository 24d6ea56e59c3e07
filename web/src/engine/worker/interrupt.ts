// Interrupts Python in the middle of its work, as Ctrl-C does, without shared memory.
//
// A worker that is busy hears no message, and Chromium lets a terminated one go on for up to two seconds. What a busy worker can
// see is whether an address that the page made still stands: the page withdraws it to abort. Where a host's policy forbids to
// look (`connect-src` without `blob:`), nothing is interrupted, and the page ends the worker instead.
import type { PyodideAPI } from "pyodide";

import type { Emscripten } from "./snapshot.ts";

const SIGINT = 2;

/**
 * How many of Python's steps (calls, rounds of a loop) lie between two times that it asks, where they are short ones. By itself it asks
 * after every 50, and one asking takes as long as ten of them: a long export took a fifth more time.
 */
const STEPS = 1000;

/** What takes longer than this between two times is no series of short steps. */
const SHORT_MS = 5;

/** How often to look: one look takes about a millisecond. */
const EVERY_MS = 40;

/** Emscripten's module with CPython's own counter (Python/emscripten_signal.c), which no documentation names. */
type Clocked = Pick<Emscripten, "HEAPU32"> & { readonly __Py_emscripten_signal_clock?: number };

export class Interrupt {
  #address: string | undefined;
  #next = 0;
  #latest = 0;
  readonly #module: Clocked;

  constructor(python: PyodideAPI) {
    this.#module = (python as PyodideAPI & { _module: Clocked })._module;
    const signal = (): number => this.#signal();
    // Python asks for the signal that is due after every few dozen steps, and puts it back to 0 once it has it.
    const buffer = Object.defineProperty({}, 0, { get: signal, set: () => undefined });
    python.setInterruptBuffer(buffer as Uint8Array);
  }

  /** From now on, interrupt Python when `address` has been withdrawn. */
  watch(address: string): void {
    this.#address = stands(address) ? address : undefined;
    this.#next = performance.now() + EVERY_MS;
  }

  rest(): void {
    this.#address = undefined;
  }

  /** Interrupt nothing until `wait` is over: what runs meanwhile is not what is watched. */
  async pause(wait: Promise<void>): Promise<void> {
    const address = this.#address;
    this.#address = undefined;
    await wait;
    this.#address = address;
  }

  #signal(): number {
    if (this.#address === undefined) {
      this.#askLater();
      return 0;
    }
    const now = performance.now();
    if (now - this.#latest < SHORT_MS) this.#askLater();
    this.#latest = now;
    if (now < this.#next) return 0;
    this.#next = now + EVERY_MS;
    if (stands(this.#address)) return 0;
    this.rest();
    return SIGINT;
  }

  /** Set the clock by which Python counts its steps down; where it has another name, Python asks as often as ever. */
  #askLater(): void {
    const { HEAPU32, __Py_emscripten_signal_clock: clock } = this.#module;
    if (clock !== undefined) HEAPU32[clock >>> 2] = STEPS;
  }
}

function stands(address: string): boolean {
  const request = new XMLHttpRequest();
  try {
    request.open("GET", address, false);
    request.send();
    return true;
  } catch {
    return false;
  }
}
