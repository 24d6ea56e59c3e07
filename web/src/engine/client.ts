// The engine as the page knows it: it starts on the first sign of intent, does one task at a time, and survives each.
import { abortError, unlessAborted } from "../abort.ts";
import { Connection } from "./connection.ts";
import { OpenFile } from "./file.ts";
import type { ExportRequest, ExportResult, NamedFile, Progress, ReadRequest, SettingsDocument, Weight, WriterInfo } from "./protocol.ts";

export class Engine {
  /** Where the video's worker lies, which a dialog starts: beside the engine's own. */
  readonly video: URL;
  readonly #worker: URL;
  readonly #onStart: () => void;
  #connection: Connection | undefined;
  /** Settles when every task so far is done. */
  #queue: Promise<void> = Promise.resolve();

  /**
   * @param options `url` is the folder that holds `worker.js` and the engine's parts, with a trailing slash; its query goes to the
   * worker. `onStart` is called whenever a worker has loaded all that it starts with.
   */
  constructor({ url, onStart = () => undefined }: { url: URL; onStart?: () => void }) {
    this.#worker = new URL(`worker.js${url.search}`, url);
    this.video = new URL(`video.js${url.search}`, url);
    this.#onStart = onStart;
  }

  get running(): boolean {
    return this.#connection !== undefined && !this.#connection.ended;
  }

  /** Start the worker, where none runs: call it at the first sign of intent, not when a page loads. */
  prepare(): void {
    this.#connect();
  }

  /**
   * Convert the bytes of any file that a reader reads. They are transferred: the buffer is empty afterwards.
   *
   * An abort is certain: nothing is delivered after it, Python stops within 250 ms, and the next export works.
   *
   * @throws EngineError, or a DOMException AbortError.
   */
  async export(
    bytes: ArrayBuffer,
    request: ExportRequest,
    { signal, onProgress }: { signal: AbortSignal; onProgress?: (progress: Progress) => void },
  ): Promise<ExportResult> {
    return this.next((one) => one.run({ type: "export", bytes, request }, signal, onProgress), signal);
  }

  /**
   * Open any files that a reader reads: they are read once, and stay in the worker until others are opened. A file without a
   * name that cannot be read is an error; of several, each that cannot be is told in `info`.
   *
   * @throws EngineError, or a DOMException AbortError.
   */
  async open(files: Blob | readonly NamedFile[], request: ReadRequest, { signal }: { signal: AbortSignal }): Promise<OpenFile> {
    return OpenFile.open(this, files instanceof Blob ? [{ name: "", blob: files }] : files, request, signal);
  }

  /**
   * Validate a settings document, bring it to the present version, and lay it out.
   *
   * @throws EngineError, or a DOMException AbortError.
   */
  async settings(text: string, signal: AbortSignal): Promise<SettingsDocument> {
    return this.next((one) => one.run({ type: "settings", text }, signal), signal);
  }

  /** Return how much an export in a format would fetch first, beside what every export needs. */
  async weight(to: string): Promise<Weight> {
    return this.next((one) => one.run({ type: "weight", to }));
  }

  /** Return the table of writers, as Python has it. */
  async formats(): Promise<WriterInfo[]> {
    return this.next((one) => one.run({ type: "formats" }));
  }

  /** End the worker and what it does. The engine can be used again, and then starts anew. */
  dispose(): void {
    this.#connection?.end(abortError());
  }

  /** Do a task when those before it are done, on a worker that runs. */
  async next<T>(task: (connection: Connection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    this.prepare();
    const turn = this.#queue;
    let used: Connection | undefined;
    const result = unlessAborted(turn, signal).then(() => {
      used = this.#connect();
      return task(used);
    });
    // An aborted task leaves at once, its worker a little later: the next one waits for both.
    this.#queue = result.then(() => undefined, () => undefined).then(() => turn).then(() => used?.idle);
    return result;
  }

  #connect(): Connection {
    if (this.#connection === undefined || this.#connection.ended) {
      this.#connection = new Connection(this.#worker, this.#connection?.code);
      // Whoever waits for it hears why it cannot start.
      this.#connection.ready.then(this.#onStart, () => undefined);
    }
    return this.#connection;
  }
}
