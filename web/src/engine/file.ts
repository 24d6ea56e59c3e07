// A file that is open in the engine: read once; then looked at, previewed and exported as often as wanted.
import type { Engine } from "./client.ts";
import type { Connection } from "./connection.ts";
import type { ExportResult, FileInfo, Preview, Progress, ReadRequest, Selection, WriteRequest } from "./protocol.ts";

export class OpenFile {
  /** What the file holds. */
  info!: FileInfo;
  readonly #engine: Engine;
  /** Kept, because a worker that was replaced has to read it again. */
  readonly #bytes: Blob;
  readonly #request: ReadRequest;

  private constructor(engine: Engine, bytes: Blob, request: ReadRequest) {
    this.#engine = engine;
    this.#bytes = bytes;
    this.#request = request;
  }

  static async open(engine: Engine, bytes: Blob, request: ReadRequest, signal: AbortSignal): Promise<OpenFile> {
    const file = new OpenFile(engine, bytes, request);
    await file.#use(signal, () => Promise.resolve());
    return file;
  }

  /** The numbers of the messages that a selection takes, in its order. */
  async select(selection: Selection, signal: AbortSignal): Promise<number[]> {
    const { numbers } = await this.#use(signal, (one) => one.run({ type: "select", selection }, signal));
    return numbers;
  }

  /** The first `limit` characters of what an export would write. */
  async preview(request: WriteRequest, limit: number, signal: AbortSignal): Promise<Preview> {
    return this.#use(signal, (one) => one.run({ type: "preview", request, limit }, signal));
  }

  async export(request: WriteRequest, signal: AbortSignal, onProgress?: (progress: Progress) => void): Promise<ExportResult> {
    return this.#use(signal, (one) => one.run({ type: "export", bytes: null, request }, signal, onProgress));
  }

  /** Let the worker forget it. */
  close(): void {
    if (!this.#engine.running) return;
    void this.#engine
      .next(async (connection) => {
        if (connection.file === this) await connection.run({ type: "close" });
      })
      .catch(() => undefined);
  }

  async #use<T>(signal: AbortSignal, task: (connection: Connection) => Promise<T>): Promise<T> {
    return this.#engine.next(async (connection) => {
      if (connection.file !== this) {
        connection.file = null;
        this.info = await connection.run({ type: "open", bytes: await this.#bytes.arrayBuffer(), request: this.#request }, signal);
        connection.file = this;
      }
      return task(connection);
    }, signal);
  }
}
