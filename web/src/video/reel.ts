/** A file that grows piece by piece, and is handed to the browser as it does: it keeps what is large on the disk. */
import { StreamTarget, type StreamTargetChunk } from "mediabunny";

/** Bytes that are held until the browser has them. */
const PIECE = 4 << 20;

export class Reel {
  readonly target: StreamTarget;
  #file = new Blob([]);

  constructor() {
    const written = new WritableStream<StreamTargetChunk>({ write: ({ data, position }) => { this.write(data, position); } });
    this.target = new StreamTarget(written, { chunked: true, chunkSize: PIECE });
  }

  /** What was written so far, as one file. */
  get file(): Blob {
    return this.#file;
  }

  /** Write at a place: most follow what there is, some lie over it (lengths that are known only at the end). */
  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    const before = this.#file;
    // Made of parts of the one before, which are not copied.
    this.#file = new Blob([before.slice(0, position), new Uint8Array(Math.max(0, position - before.size)), data, before.slice(position + data.byteLength)]);
  }
}
