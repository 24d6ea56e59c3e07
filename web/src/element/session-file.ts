/** What is behind an open dialog, one session, several, or what all of them took: fetched once, read once, kept open in the engine until it is closed. */
import type { Engine } from "../engine/client.ts";
import type { OpenFile } from "../engine/file.ts";
import { EngineError, type WriteRequest } from "../engine/protocol.ts";
import { HttpError } from "../http.ts";
import { LocalError } from "./errors.ts";
import { extraCode } from "./extra-code.ts";
import { fetchPayload, ownPayload, type OnBytes, type Origin, type Payload } from "./payload.ts";
import type { Span } from "./spans.ts";

export interface Source {
  engine: Engine;
  /** The host's own payload, which needs no server. */
  payload: Payload | null;
  origin: Origin;
  /** Several sessions that the function knows, by their ids. */
  sessionIds: readonly string[] | null;
  /** What all sessions took that the function knows, in place of what was said in any of them. */
  usage: boolean;
  /** Sessions of files that are open already, which need no server either. */
  opened: Opened | null;
}

/** Sessions of files that are open: which of them, by number from 0. Whoever opened the files closes them. */
export interface Opened {
  file: OpenFile;
  sessions: readonly number[];
}

export class SessionFile {
  readonly signal: AbortSignal;
  /** Whether it is what all sessions took. */
  readonly usage: boolean;
  readonly #source: Source;
  readonly #span: Span | null;
  /** Of several, those that have come. */
  readonly #fetched: Blob[] = [];
  readonly #parts = new Map<string, SessionFile>();
  #opening: Promise<OpenFile> | null = null;
  #numbers: readonly number[] | null;
  /** Of all usage: what is asked for where everything is too much, and whether it was. */
  #period = "";
  #partial = false;
  #onBytes: OnBytes = () => undefined;
  #last: Parameters<OnBytes> | null = null;

  /** @param signal Stops the fetch and every use of the file. */
  constructor(source: Source, signal: AbortSignal, span: Span | null = null) {
    this.#source = source;
    this.signal = signal;
    this.#span = span;
    this.usage = source.usage;
    this.#numbers = source.opened?.sessions ?? source.sessionIds?.map((_, index) => index) ?? null;
  }

  /** The sessions that are meant, by number; null is the only one there is. */
  get numbers(): readonly number[] | null {
    return this.#numbers;
  }

  /** A request, about these sessions, or those of them that it names. */
  about(request: WriteRequest): WriteRequest {
    return this.numbers === null || request.sessions !== undefined ? request : { ...request, sessions: this.numbers };
  }

  /** Of all usage, what lies within a period, as the function's query says it: fetched where everything is too much. Whether that is anew. */
  within(period: string): boolean {
    const anew = this.#partial && period !== this.#period;
    if (anew) this.#opening = null;
    this.#period = period;
    return anew;
  }

  /** Fetch and read it, or wait for what is on its way; what failed is tried again. */
  async open(onBytes?: OnBytes): Promise<OpenFile> {
    if (onBytes !== undefined) {
      this.#onBytes = onBytes;
      if (this.#last !== null) onBytes(...this.#last);
    }
    this.#opening ??= this.#load();
    const opening = this.#opening;
    try {
      return await opening;
    } catch (error) {
      if (this.#opening === opening) this.#opening = null;
      throw error;
    }
  }

  /** The same session's messages of a span, as a file of its own: fetched once, however often it is asked for. */
  part(span: Span): SessionFile {
    const key = `${span.from}-${span.to}`;
    const known = this.#parts.get(key) ?? new SessionFile(this.#source, this.signal, span);
    this.#parts.set(key, known);
    return known;
  }

  /** Let the engine forget it. */
  close(): void {
    if (this.#source.opened !== null) return;
    void this.#opening?.then((file) => { file.close(); }, () => undefined);
  }

  async #load(): Promise<OpenFile> {
    const { engine, payload, origin, opened, sessionIds, usage } = this.#source;
    if (opened !== null) return opened.file;
    if (sessionIds !== null) return this.#several(sessionIds);
    if (usage) return this.#everything();
    if (payload === null && origin.sessionId === "") throw new LocalError("no_session");
    const onBytes: OnBytes = (...given) => {
      this.#last = given;
      this.#onBytes(...given);
    };
    const bytes = await (payload === null
      ? fetchPayload(origin, this.#span, this.signal, onBytes)
      : ownPayload(payload, this.signal, onBytes));
    return engine.open(new Blob([bytes]), { exportedAt: Date.now() }, { signal: this.signal });
  }

  async #everything(): Promise<OpenFile> {
    const { engine, origin } = this.#source;
    const { fetchUsage } = await (await extraCode()).everything();
    const { bytes, partial } = await fetchUsage(origin, this.#partial, () => this.#period, this.signal, (...given) => {
      this.#onBytes(...given);
    });
    this.#partial = partial;
    const file = await engine.open(new Blob([bytes]), { exportedAt: Date.now() }, { signal: this.signal });
    this.#numbers = file.info.sessions.map((_, index) => index);
    return file;
  }

  /** One after the other: the function counts exports by the minute, and what has come need not come again. */
  async #several(ids: readonly string[]): Promise<OpenFile> {
    const { engine, origin } = this.#source;
    for (const sessionId of ids.slice(this.#fetched.length)) {
      const before = this.#fetched.reduce((sum, { size }) => sum + size, 0);
      const bytes = await fetchPayload({ ...origin, sessionId }, null, this.signal, (done) => { this.#onBytes(before + done, null); }).catch(alone);
      this.#fetched.push(new Blob([bytes]));
    }
    // Files are read in the order of their names.
    const files = this.#fetched.map((blob, index) => ({ name: `${String(index).padStart(6, "0")}.json`, blob }));
    const file = await engine.open(files, { exportedAt: Date.now() }, { signal: this.signal });
    const [failure] = file.info.files.flatMap(({ failures }) => failures);
    if (failure !== undefined) throw new EngineError(failure);
    return file;
  }
}

/** Parts are for a session by itself. */
function alone(error: unknown): never {
  throw error instanceof HttpError && error.status === 413 ? new LocalError("several_too_large", error) : error;
}
