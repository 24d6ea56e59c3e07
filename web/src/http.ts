/** Requests to the function: the token sent, asked for once more on 401, and a refusal turned into an error with its code. */
import { unlessAborted } from "./abort.ts";

/** A token, or a function that gives one; `refresh` says that the last one was refused. */
export type Token = string | ((ask: { refresh: boolean; signal: AbortSignal }) => string | Promise<string>);

/** What an RFC 9457 problem says beside its status: `count` and `limit` of `session_too_large`, for one. */
export type ProblemMembers = Readonly<Record<string, unknown>>;

/** The function answered, but not with what was asked for. `code` is the problem's, else `http_<status>`. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly code: string;
  readonly problem: ProblemMembers;
  /** Seconds to wait, where the answer says so. */
  readonly retryAfter: number | null;

  constructor(status: number, problem: ProblemMembers, retryAfter: number | null) {
    const code = typeof problem["code"] === "string" ? problem["code"] : `http_${status}`;
    super(code);
    this.status = status;
    this.code = code;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/** The host's token function failed; `cause` is its error. */
export class TokenError extends Error {
  override readonly name = "TokenError";
}

/** What a request sends beside its address, where it does more than ask. */
export interface Sent {
  method: string;
  headers: Readonly<Record<string, string>>;
  /** Sent a second time where the token was refused, so no stream. */
  body?: Blob;
}

/** Fetch with the token. Throws `HttpError`, `TokenError`, the network's TypeError, or AbortError. */
export async function request(url: string, token: Token | undefined, signal: AbortSignal, sent?: Sent): Promise<Response> {
  let response = await send(url, await resolveToken(token, false, signal), signal, sent);
  if (response.status === 401 && typeof token === "function") {
    // Read to its end, so that the connection serves the second try.
    await response.text();
    response = await send(url, await resolveToken(token, true, signal), signal, sent);
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

async function send(url: string, token: string, signal: AbortSignal, sent?: Sent): Promise<Response> {
  const headers = new Headers({ Accept: "application/json", ...sent?.headers });
  if (token !== "") headers.set("Authorization", `Bearer ${token}`);
  return fetch(url, { ...sent, headers, signal });
}

async function resolveToken(token: Token | undefined, refresh: boolean, signal: AbortSignal): Promise<string> {
  if (typeof token !== "function") return token ?? "";
  try {
    return await unlessAborted(Promise.resolve(token({ refresh, signal })), signal);
  } catch (error) {
    signal.throwIfAborted();
    throw new TokenError("token", { cause: error });
  }
}

async function refusal(response: Response): Promise<HttpError> {
  let problem: ProblemMembers = {};
  try {
    const body: unknown = await response.json();
    if (typeof body === "object" && body !== null) problem = body as ProblemMembers;
  } catch {
    // A proxy's page instead of a problem: the status says enough.
  }
  const wait = Number(response.headers.get("Retry-After") ?? Number.NaN);
  return new HttpError(response.status, problem, Number.isFinite(wait) ? wait : null);
}
