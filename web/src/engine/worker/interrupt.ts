// Interrupts Python in the middle of its work, as Ctrl-C does, without shared memory.
//
// A worker that is busy hears no message, and Chromium lets a terminated one go on for up to two seconds. What a busy worker can
// see is whether an address that the page made still stands: the page withdraws it to abort. Where a host's policy forbids to
// look (`connect-src` without `blob:`), nothing is interrupted, and the page ends the worker instead.
import type { PyodideAPI } from "pyodide";

const SIGINT = 2;

/** How often to look: one look takes about a millisecond. */
const EVERY_MS = 40;

/** How many times Python asks between two looks at the clock. */
const TIMES = 64;

export class Interrupt {
  #address: string | undefined;
  #next = 0;
  #asked = 0;
  /** Each time it asks, Python looks at the member, reads the array, and puts it back to 0: twice in a row is read once. */
  #telling = 0;
  readonly #signal = new Uint8Array(1);

  /**
   * Python asks for the signal that is due after every few dozen steps, and wherever it prints a number: fifty thousand times in a long
   * export. So what it is given is an array, and what is asked first is the member that holds it, which costs little.
   */
  constructor(python: PyodideAPI) {
    python.setInterruptBuffer(this.#signal);
    const { _module: module } = python as PyodideAPI & { _module: object };
    Object.defineProperty(module, "Py_EmscriptenSignalBuffer", { get: () => this.#asking() });
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
    this.#next = performance.now() + EVERY_MS;
  }

  #asking(): Uint8Array {
    this.#asked = (this.#asked + 1) % TIMES;
    if (this.#asked === 0 && this.#isDue()) {
      this.rest();
      this.#telling = 2;
    }
    if (this.#telling > 0) {
      this.#telling -= 1;
      this.#signal[0] = SIGINT;
    }
    return this.#signal;
  }

  #isDue(): boolean {
    if (this.#address === undefined) return false;
    const now = performance.now();
    if (now < this.#next) return false;
    this.#next = now + EVERY_MS;
    return !stands(this.#address);
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
