/** Keeps the preview in step with what is chosen: one look at a time, and of those that wait only the last. */
import { EngineError, type Failure, type Preview, type SessionInfo, type WriteRequest } from "../engine/protocol.ts";
import { HttpError } from "../http.ts";
import { isAbort } from "./errors.ts";
import type { SessionFile } from "./session-file.ts";

/** Characters of the first screen; each "show more" shows eight times as many. */
const FIRST = 6000;
const GROWTH = 8;

/** A page begins with its style, its figures and its contents. */
const FIRST_OF_PAGE = 120_000;

/** Messages of a session that is too long for one file: enough to see what it will look like. */
const SAMPLE = { from: 1, to: 200 };

export interface PreviewListener {
  /** What is known of the session, once. */
  onSession: (session: SessionInfo) => void;
  onPreview: (preview: Preview) => void;
  /** Being made anew, or not any more. */
  onStale: (stale: boolean) => void;
  onInvalid: (failure: Failure | null) => void;
  onAbsent: () => void;
}

export class Previewer {
  readonly #listener: PreviewListener;
  #file: SessionFile;
  #wanted: WriteRequest | null = null;
  #running = false;
  #factor = 1;
  #sampled = false;
  /** Said once: whoever fills in a form from it would lose the focus each time. */
  #told = false;

  constructor(file: SessionFile, listener: PreviewListener) {
    this.#file = file;
    this.#listener = listener;
  }

  /** Show what this request would write, as soon as possible. */
  ask(request: WriteRequest): void {
    this.#wanted = request;
    if (!this.#running) void this.#run();
  }

  /** Show more of the same. */
  more(request: WriteRequest): void {
    this.#factor *= GROWTH;
    this.ask(request);
  }

  async #run(): Promise<void> {
    this.#running = true;
    this.#listener.onStale(true);
    try {
      while (this.#wanted !== null) {
        const request = this.#wanted;
        this.#wanted = null;
        await this.#look(request);
      }
      this.#listener.onStale(false);
    } catch (error) {
      if (isAbort(error)) return;
      this.#listener.onStale(false);
      this.#listener.onAbsent();
    } finally {
      this.#running = false;
    }
  }

  async #look(request: WriteRequest): Promise<void> {
    try {
      const open = await this.#file.open();
      const session = open.info.sessions[this.#file.numbers?.[0] ?? 0];
      if (session !== undefined && !this.#sampled && !this.#told) {
        this.#told = true;
        this.#listener.onSession(session);
      }
      const limit = (request.to === "html" ? FIRST_OF_PAGE : FIRST) * this.#factor;
      const preview = await open.preview(this.#file.about(request), limit, this.#file.signal);
      this.#listener.onInvalid(null);
      // Something newer is wanted already: it would only flicker.
      if (this.#wanted === null) this.#listener.onPreview(preview);
    } catch (error) {
      if (error instanceof EngineError && error.code === "invalid_filter") this.#listener.onInvalid(error);
      else if (error instanceof HttpError && error.status === 413 && !this.#sampled) {
        this.#sampled = true;
        this.#file = this.#file.part(SAMPLE);
        this.#wanted ??= request;
      } else throw error;
    }
  }
}
