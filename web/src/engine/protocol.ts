// What the page and the worker say to each other, and the types that a caller of the engine sees.

/** Something that a format could not hold, or a reader could not read: how often, where first, and what fills its sentence. */
export interface Notice {
  code: string;
  count: number;
  where: string;
  params: Record<string, string | number>;
}

/** What to make of the bytes: a writer's id, a reader's (found by structure when absent), the format's options. */
export interface ExportRequest {
  to: string;
  source?: string;
  options?: Record<string, unknown>;
  /** Unix milliseconds, for a source that does not say when it was exported. */
  exportedAt?: number;
}

export interface ExportResult {
  blob: Blob;
  filename: string;
  mediaType: string;
  /** The blob's size. */
  bytes: number;
  messages: number;
  notices: Notice[];
}

export interface Progress {
  /** Messages written, out of `total`. */
  done: number;
  total: number;
}

/** A row of the table of writers; `options` is a JSON Schema. */
export interface WriterInfo {
  id: string;
  label?: string;
  extension: string;
  mediaType: string;
  kind: string;
  options: object;
}

/** An error as it crosses: a stable code, the place in the input, and what fills its sentence. Never content. */
export interface Failure {
  code: string;
  where: string;
  params: Record<string, string | number>;
}

/**
 * An export that failed. The codes are those of `py_export/errors.py`, and two of the engine's own:
 * `engine_unavailable` (its files did not load) and `engine_crashed` (it broke down; the next export starts a fresh one).
 */
export class EngineError extends Error {
  readonly code: string;
  readonly where: string;
  readonly params: Record<string, string | number>;

  constructor({ code, where, params }: Failure) {
    super(code);
    this.name = "EngineError";
    this.code = code;
    this.where = where;
    this.params = params;
  }
}

/** What the page says. `bytes` is transferred; `standing` is an address that the page withdraws to abort (see interrupt.ts). */
export type Order =
  | { type: "export"; id: number; bytes: ArrayBuffer; request: ExportRequest; standing: string }
  | { type: "formats"; id: number }
  | { type: "abort"; id: number };

/** What the worker says. `ready` and `unavailable` come once, before anything else; an order ends in one of the last four. */
export type Report =
  | { type: "ready" }
  | { type: "unavailable"; reason: string }
  | { type: "progress"; id: number; progress: Progress }
  | { type: "exported"; id: number; result: ExportResult }
  | { type: "formats"; id: number; writers: WriterInfo[] }
  | { type: "failed"; id: number; failure: Failure }
  | { type: "aborted"; id: number };
