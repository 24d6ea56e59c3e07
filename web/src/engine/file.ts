// What is open in the engine, one file or several: read once; then looked at, previewed and exported as often as wanted.
import type { Engine } from "./client.ts";
import type { Connection } from "./connection.ts";
import type {
  ExportResult, FileInfo, HeaderView, MessagesView, NamedFile, Preview, Progress, ReadRequest, Secrets, SecretsRequest, Selection, WriteRequest,
} from "./protocol.ts";

export class OpenFile {
  /** What is in it. */
  info!: FileInfo;
  readonly #engine: Engine;
  /** Kept, because a worker that was replaced has to read it again. */
  readonly #files: readonly NamedFile[];
  readonly #request: ReadRequest;

  private constructor(engine: Engine, files: readonly NamedFile[], request: ReadRequest) {
    this.#engine = engine;
    this.#files = files;
    this.#request = request;
  }

  static async open(engine: Engine, files: readonly NamedFile[], request: ReadRequest, signal: AbortSignal): Promise<OpenFile> {
    const file = new OpenFile(engine, files, request);
    await file.#use(signal, () => Promise.resolve());
    return file;
  }

  /** The numbers of the messages that a selection takes, in its order. */
  async select(selection: Selection, signal: AbortSignal, session: number | null = null): Promise<number[]> {
    const { numbers } = await this.#use(signal, (one) => one.run({ type: "select", selection, session }, signal));
    return numbers;
  }

  /** What a page shows of a session beside its messages. */
  async header(session: number, signal: AbortSignal): Promise<HeaderView> {
    return this.#use(signal, (one) => one.run({ type: "header", session }, signal));
  }

  /** Some of a session's messages by number; the first is 1, both ends are included. */
  async messages(session: number, from: number, to: number, signal: AbortSignal): Promise<MessagesView> {
    return this.#use(signal, (one) => one.run({ type: "messages", session, from, to }, signal));
  }

  /** The first `limit` characters of what an export would write. */
  async preview(request: WriteRequest, limit: number, signal: AbortSignal): Promise<Preview> {
    return this.#use(signal, (one) => one.run({ type: "preview", request, limit }, signal));
  }

  /** What an export would hide, for a person to judge beforehand. */
  async secrets(request: SecretsRequest, signal: AbortSignal): Promise<Secrets> {
    return this.#use(signal, (one) => one.run({ type: "secrets", request }, signal));
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
        this.info = await connection.run({ type: "open", files: this.#files, request: this.#request }, signal);
        connection.file = this;
      }
      return task(connection);
    }, signal);
  }
}
