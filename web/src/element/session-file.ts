/** The session behind an open dialog: fetched once, read once, kept open in the engine until the dialog is closed. */
import type { Engine } from "../engine/client.ts";
import type { OpenFile } from "../engine/file.ts";
import { LocalError } from "./errors.ts";
import { fetchPayload, ownPayload, type OnBytes, type Origin, type Payload } from "./payload.ts";
import type { Span } from "./spans.ts";

export interface Source {
  engine: Engine;
  /** The host's own payload, which needs no server. */
  payload: Payload | null;
  origin: Origin;
}

export class SessionFile {
  readonly signal: AbortSignal;
  readonly #source: Source;
  readonly #span: Span | null;
  #opening: Promise<OpenFile> | null = null;
  #onBytes: OnBytes = () => undefined;
  #last: Parameters<OnBytes> | null = null;

  /** @param signal Stops the fetch and every use of the file. */
  constructor(source: Source, signal: AbortSignal, span: Span | null = null) {
    this.#source = source;
    this.signal = signal;
    this.#span = span;
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

  /** The same session's messages of a span, as a file of its own. */
  part(span: Span): SessionFile {
    return new SessionFile(this.#source, this.signal, span);
  }

  /** Let the engine forget it. */
  close(): void {
    void this.#opening?.then((file) => { file.close(); }, () => undefined);
  }

  async #load(): Promise<OpenFile> {
    const { engine, payload, origin } = this.#source;
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
}
