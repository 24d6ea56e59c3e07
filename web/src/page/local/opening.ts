/** The files that are open, from the moment they came: being read, read, or not readable at all. */
import { looksLikeSettings } from "../../element/extras/kept-settings.ts";
import { MOST_BYTES } from "../../element/extras/restore.ts";
import type { OpenFile } from "../../engine/file.ts";
import type { NamedFile } from "../../engine/protocol.ts";
import { begin } from "../busy.ts";
import { pageEngine } from "../engine.ts";
import { filesOf } from "./dropped.ts";
import type { Incoming } from "./inbox.ts";

/** What came are settings and no session: they are looked at elsewhere. */
export class OnlySettings extends Error {
  override readonly name = "OnlySettings";
  readonly text: string;

  constructor(text: string) {
    super("settings");
    this.text = text;
  }
}

export class Opening {
  /** Once they have been read. */
  file: OpenFile | null = null;
  /** What the list was left with, so that coming back from a session finds it so. */
  readonly ticked = new Set<number>();
  filter = "";
  scroll = 0;
  readonly #incoming: readonly Incoming[];
  #running = new AbortController();
  #finding: Promise<NamedFile[]> | null = null;
  #reading: Promise<OpenFile> | null = null;

  constructor(incoming: readonly Incoming[]) {
    this.#incoming = incoming;
  }

  /** Read them, or wait until they are; what failed or was stopped is tried again. `onFound` is told how many there are. */
  async read(onFound: (files: number, bytes: number) => void): Promise<OpenFile> {
    this.#reading ??= this.#read();
    void this.#finding?.then((files) => { onFound(files.length, files.reduce((sum, { blob }) => sum + blob.size, 0)); });
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
    const done = begin();
    try {
      this.#finding ??= filesOf(this.#incoming);
      const files = await this.#finding;
      this.#running.signal.throwIfAborted();
      const [only, ...others] = files;
      if (only !== undefined && others.length === 0) await refuseSettings(only.blob);
      this.file = await pageEngine().open(files, { exportedAt: Date.now() }, { signal: this.#running.signal });
      return this.file;
    } catch (error) {
      this.#reading = null;
      throw error;
    } finally {
      done();
    }
  }
}

/** @throws OnlySettings */
async function refuseSettings(blob: Blob): Promise<void> {
  if (blob.size > MOST_BYTES) return;
  const text = await blob.text();
  if (looksLikeSettings(text)) throw new OnlySettings(text);
}
