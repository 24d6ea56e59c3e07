// Interrupts Python in the middle of its work, as Ctrl-C does, without shared memory.
//
// A worker that is busy hears no message, and Chromium lets a terminated one go on for up to two seconds. What a busy worker can
// see is whether an address that the page made still stands: the page withdraws it to abort. Where a host's policy forbids to
// look (`connect-src` without `blob:`), nothing is interrupted, and the page ends the worker instead.
import type { PyodideAPI } from "pyodide";

const SIGINT = 2;

/** How often to look: one look takes about a millisecond. */
const EVERY_MS = 40;

export class Interrupt {
  #address: string | undefined;
  #next = 0;

  constructor(python: PyodideAPI) {
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
    if (this.#address === undefined) return 0;
    const now = performance.now();
    if (now < this.#next) return 0;
    this.#next = now + EVERY_MS;
    if (stands(this.#address)) return 0;
    this.rest();
    return SIGINT;
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
