/** Keeps the preview in step with what is chosen: one look at a time, and of those that wait only the last. */
import type { OpenFile } from "../engine/file.ts";
import { EngineError, type Failure, type Preview, type SessionInfo, type WriteRequest } from "../engine/protocol.ts";
import { HttpError } from "../http.ts";
import { isAbort } from "./errors.ts";
import { FORMATS } from "./formats.ts";
import type { SessionFile } from "./session-file.ts";

/** Characters of the first screen; each "show more" shows eight times as many. */
const FIRST = 6000;
const GROWTH = 8;

/** A page begins with its style, its figures and its contents. */
const FIRST_OF_PAGE = 120_000;
const PAGES: ReadonlySet<string> = new Set(FORMATS.filter(({ mediaType }) => mediaType === "text/html").map(({ id }) => id));

/** Messages of a session that is too long for one file: enough to see what it will look like. */
const SAMPLE = { from: 1, to: 200 };

/** How long a look may take that tries patterns of a person's own, some of which come to no end. */
const PATIENCE_MS = 8000;

export interface PreviewListener {
  /** What is known of the session, once. */
  onSession: (session: SessionInfo) => void;
  onPreview: (preview: Preview) => void;
  /** Being made anew, or not any more. */
  onStale: (stale: boolean) => void;
  /** What is wrong with the filter or a pattern; `slow` is a pattern that takes too long. */
  onInvalid: (failure: Failure | "slow" | null) => void;
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
  /** Patterns that are to be tried, and those that were. */
  #patterns: readonly string[] = [];
  #tried = "[]";
  /** A look that tries patterns, which others may be given in place of. */
  #trying: { patterns: string; controller: AbortController } | null = null;

  constructor(file: SessionFile, listener: PreviewListener) {
    this.#file = file;
    this.#listener = listener;
  }

  /** Show what this request would write, as soon as possible; and try these patterns, of which it has none. */
  ask(request: WriteRequest, patterns: readonly string[] = []): void {
    this.#wanted = request;
    this.#patterns = patterns;
    const now = JSON.stringify(request.redact?.patterns ?? patterns);
    if (this.#trying !== null && this.#trying.patterns !== now) this.#trying.controller.abort();
    if (!this.#running) void this.#run();
  }

  /** Look at nothing more: what is chosen now is shown otherwise. */
  rest(): void {
    this.#wanted = null;
  }

  /** Show more of the same. */
  more(request: WriteRequest): void {
    this.#factor *= GROWTH;
    this.ask(request, this.#patterns);
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
      const limit = (PAGES.has(request.to) ? FIRST_OF_PAGE : FIRST) * this.#factor;
      const preview = await this.#patiently(request.redact?.patterns ?? [], async (signal) => open.preview(this.#file.about(request), limit, signal));
      await this.#try(open);
      this.#listener.onInvalid(null);
      // Something newer is wanted already: it would only flicker.
      if (this.#wanted === null) this.#listener.onPreview(preview);
    } catch (error) {
      if (error instanceof EngineError && isWrong(error)) this.#listener.onInvalid(error);
      else if (error instanceof Slow) this.#listener.onInvalid("slow");
      else if (isAbort(error) && !this.#file.signal.aborted) this.#wanted ??= request;
      else if (error instanceof HttpError && error.status === 413 && !this.#sampled && !this.#file.usage) {
        this.#sampled = true;
        this.#file = this.#file.part(SAMPLE);
        this.#wanted ??= request;
      } else throw error;
    }
  }

  /** Try the patterns by which nothing is hidden yet, on one message: whether they are regular expressions at all. */
  async #try(open: OpenFile): Promise<void> {
    const patterns = this.#patterns;
    const key = JSON.stringify(patterns);
    if (key === this.#tried) return;
    await this.#patiently(patterns, async (signal) =>
      open.secrets(this.#file.about({ to: "", select: { range: [1, 1] }, redact: { kinds: [], patterns } }), signal).catch((error: unknown) => {
        // A session may have no message, or be gone: that is for others to say.
        if (isAbort(error) || (error instanceof EngineError && isWrong(error))) throw error;
      }));
    this.#tried = key;
  }

  /** Work that ends when other patterns are given, or when they have taken too long. */
  async #patiently<T>(patterns: readonly string[], work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#file;
    if (patterns.length === 0) return work(signal);
    const controller = new AbortController();
    const end = (): void => { controller.abort(); };
    const timer = setTimeout(() => {
      controller.abort(new Slow());
    }, PATIENCE_MS);
    signal.addEventListener("abort", end, { once: true });
    this.#trying = { patterns: JSON.stringify(patterns), controller };
    try {
      return await work(controller.signal);
    } catch (error) {
      throw controller.signal.reason instanceof Slow ? controller.signal.reason : error;
    } finally {
      this.#trying = null;
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
    }
  }
}

/** A pattern that came to no end. */
class Slow extends Error {
  override readonly name = "Slow";
}

/** Whether it is for the person at the filter or the patterns to mend. */
function isWrong({ code, params }: EngineError): boolean {
  return code === "invalid_filter" || (code === "invalid_option" && params["option"] === "redact-pattern");
}
