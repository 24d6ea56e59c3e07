// What is written of a file, kept out of Python's memory piece by piece.
//
// A blob is kept by the browser, where a phone has more room than a page; but each takes a message there and back, and many small ones
// took a fifth of a long export.

/** Bytes that are gathered before they become a blob. */
const ENOUGH = 1 << 22;

export class Pieces {
  readonly #blobs: Blob[] = [];
  #held: Uint8Array<ArrayBuffer>[] = [];
  #size = 0;

  /** Take a copy of the bytes: what they lie in may move. */
  add(bytes: Uint8Array): void {
    this.#held.push(new Uint8Array(bytes));
    this.#size += bytes.length;
    if (this.#size >= ENOUGH) this.#gather();
  }

  /** Return all of it as one file. */
  blob(type: string): Blob {
    this.#gather();
    return new Blob(this.#blobs, { type });
  }

  #gather(): void {
    if (this.#size > 0) this.#blobs.push(new Blob(this.#held));
    this.#held = [];
    this.#size = 0;
  }
}
