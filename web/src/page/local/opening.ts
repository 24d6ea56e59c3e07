/** The files that are open, from the moment they came: being read, read, or not readable at all. */
import type { OpenFile } from "../../engine/file.ts";
import type { NamedFile } from "../../engine/protocol.ts";
import { pageEngine } from "../engine.ts";

export class Opening {
  readonly files: readonly NamedFile[];
  /** Bytes of all of them. */
  readonly bytes: number;
  /** Once they have been read. */
  file: OpenFile | null = null;
  /** What the list was left with, so that coming back from a session finds it so. */
  readonly ticked = new Set<number>();
  filter = "";
  scroll = 0;
  #running = new AbortController();
  #reading: Promise<OpenFile> | null = null;

  constructor(files: readonly NamedFile[]) {
    this.files = files;
    this.bytes = files.reduce((sum, { blob }) => sum + blob.size, 0);
  }

  /** Read them, or wait until they are; what failed or was stopped is tried again. */
  async read(): Promise<OpenFile> {
    this.#reading ??= this.#read();
    return this.#reading;
  }

  stop(): void {
    this.#running.abort();
  }

  /** Let the engine forget them. */
  close(): void {
    this.stop();
    this.file?.close();
  }

  async #read(): Promise<OpenFile> {
    this.#running = new AbortController();
    try {
      this.file = await pageEngine().open(this.files, { exportedAt: Date.now() }, { signal: this.#running.signal });
      return this.file;
    } catch (error) {
      this.#reading = null;
      throw error;
    }
  }
}
