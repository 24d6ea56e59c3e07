/** What went wrong, as a sentence for a person, and what that person can do next. */
import { EngineError } from "../engine/protocol.ts";
import { HttpError, TokenError } from "../http.ts";
import type { Key, Params, Words } from "./words.ts";

/** The button an error leads to. `parts`: too long for one file, so in parts or a range. `none`: nothing would help. */
export type Remedy = "retry" | "sign-in" | "parts" | "none";

export interface Failure {
  code: string;
  message: string;
  remedy: Remedy;
  /** Of `parts`: how many messages there are, and how many one file may hold. */
  count: number;
  limit: number;
}

/** A failure of this side: no session named, a payload that cannot be had, a clipboard that refuses. */
export class LocalError extends Error {
  override readonly name = "LocalError";
  readonly code: "no_session" | "payload_failed" | "clipboard_refused" | "not_writable" | "several_too_large";

  constructor(code: LocalError["code"], cause?: unknown) {
    super(code, { cause });
    this.code = code;
  }
}

/** A failure that says itself what it is: its words are fetched with what fails. */
export class Told extends Error {
  override readonly name = "Told";
  readonly failure: (words: Words) => Failure;

  constructor(failure: Told["failure"]) {
    super("told");
    this.failure = failure;
  }
}

export function explain(error: unknown, words: Words): Failure {
  if (error instanceof Told) return error.failure(words);
  if (error instanceof HttpError) return explainHttp(error, words);
  if (error instanceof EngineError) return explainEngine(error, words);
  if (error instanceof TokenError) return failure("token_failed", words.t("ui.error_token"), "sign-in");
  if (error instanceof LocalError) return failure(error.code, words.t(LOCAL[error.code]), HOPELESS.has(error.code) ? "none" : "retry");
  // fetch() and a body that breaks off both fail with a TypeError, in words that differ between browsers.
  if (error instanceof TypeError) {
    return navigator.onLine
      ? failure("network", words.t("ui.error_network"), "retry")
      : failure("offline", words.t("ui.error_offline"), "retry");
  }
  return failure("unexpected", words.t("ui.error_unexpected"), "retry");
}

export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

const LOCAL: Record<LocalError["code"], Key> = {
  no_session: "ui.error_no_session",
  payload_failed: "ui.error_payload",
  clipboard_refused: "ui.error_clipboard",
  not_writable: "ui.error_not_writable",
  several_too_large: "ui.error_several_too_large",
};

/** Trying again would end the same way. */
const HOPELESS: ReadonlySet<LocalError["code"]> = new Set(["no_session", "several_too_large"]);

function explainHttp(error: HttpError, words: Words): Failure {
  const of = (key: Key, remedy: Remedy, params?: Params): Failure => failure(error.code, words.t(key, params), remedy);
  switch (error.status) {
    case 401:
      return of("ui.error_unauthorized", "sign-in");
    case 403:
    case 404:
      return of("ui.error_not_found", "none");
    case 413:
      return explainTooLarge(error, words);
    case 429:
      return error.retryAfter === null
        ? of("ui.error_too_many", "retry")
        : of("ui.error_too_many_wait", "retry", { count: error.retryAfter });
    case 503:
      return of("ui.error_unavailable", "retry");
    default:
      return of(error.status >= 500 ? "ui.error_server" : "ui.error_refused", "retry", { status: String(error.status) });
  }
}

function explainTooLarge(error: HttpError, words: Words): Failure {
  const { count, limit } = error.problem;
  if (typeof count !== "number" || typeof limit !== "number" || limit < 1 || count <= limit) {
    return failure(error.code, words.t("ui.error_refused", { status: String(error.status) }), "retry");
  }
  return { ...failure(error.code, words.t("ui.error_too_large", { count, limit }), "parts"), count, limit };
}

function explainEngine(error: EngineError, words: Words): Failure {
  const sentence = words.find(`ui.error_${error.code}`, error.params) ?? words.find(`error.${error.code}`, error.params);
  const { count, fits } = error.params;
  if (error.code === "document_too_long" && sentence !== undefined && typeof count === "number" && typeof fits === "number" && fits < count) {
    return { ...failure(error.code, sentence, "parts"), count, limit: fits };
  }
  return failure(error.code, sentence ?? words.t("ui.error_converter", { code: error.code }), "retry");
}

function failure(code: string, message: string, remedy: Remedy): Failure {
  return { code, message, remedy, count: 0, limit: 0 };
}
