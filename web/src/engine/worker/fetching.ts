// Fetches large files, and tells how much of them has come.

/** A file of the engine, as the build knows it. */
export interface Sized {
  /** Relative to the folder that holds the worker. */
  file: string;
  /** Its size on the device, and as it comes over the network where the server compresses. */
  bytes: number;
  download: number;
  sha256: string;
}

/** How many bytes have come, out of how many, both as they come over the network. */
export type OnFetch = (done: number, total: number) => void;

/** One fetch of several files, counted together. */
export class Fetching {
  readonly #base: string;
  readonly #signal: AbortSignal;
  readonly #onFetch: OnFetch;
  readonly #total: number;
  /** How much of each file has come, as it comes over the network. */
  readonly #done = new Map<string, number>();
  #told = -1;

  /** @param base The folder that holds the worker. @param files All that will be fetched. */
  constructor(base: string, files: readonly Sized[], signal: AbortSignal, onFetch: OnFetch) {
    this.#base = base;
    this.#signal = signal;
    this.#onFetch = onFetch;
    this.#total = files.reduce((sum, { download }) => sum + download, 0);
  }

  /** Compile a module of WebAssembly while it comes. */
  async module(file: Sized): Promise<WebAssembly.Module> {
    const body = await this.#body(file);
    return WebAssembly.compileStreaming(new Response(body, { headers: { "Content-Type": "application/wasm" } }));
  }

  /** A file's bytes; rejects where they are not those that were built. Without a secure context there is no digest to tell. */
  async bytes(file: Sized): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(await new Response(await this.#body(file)).arrayBuffer());
    const digests = globalThis.crypto.subtle as SubtleCrypto | undefined;
    if (digests !== undefined && hex(await digests.digest("SHA-256", bytes)) !== file.sha256) throw new TypeError(`not the file that was built: ${file.file}`);
    return bytes;
  }

  async #body({ file, bytes, download }: Sized): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const response = await fetch(this.#base + file, { signal: this.#signal });
    if (!response.ok || response.body === null) throw new TypeError(`${response.status} ${file}`);
    let come = 0;
    const counting = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform: (chunk, out) => {
        // What comes compressed is undone before it is seen: its share of the file is its share of the way.
        come += chunk.length;
        this.#done.set(file, (come / bytes) * download);
        this.#tell();
        out.enqueue(chunk);
      },
    });
    return response.body.pipeThrough(counting);
  }

  /** A hundred times in all: each time is a message. */
  #tell(): void {
    const done = Math.round([...this.#done.values()].reduce((sum, size) => sum + size, 0));
    const step = Math.floor((100 * done) / this.#total);
    if (step === this.#told) return;
    this.#told = step;
    this.#onFetch(Math.min(done, this.#total), this.#total);
  }
}

function hex(digest: ArrayBuffer): string {
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
