/** What all sessions took, fetched from the function: everything, or what lies within a period where everything is too much. */
import { HttpError, request } from "../../http.ts";
import { Told, type Remedy } from "../errors.ts";
import { receive, type OnBytes, type Origin } from "../payload.ts";
import type { Key, Params } from "../words.ts";
import { extraWords } from "./words.ts";

export interface Usage {
  readonly bytes: ArrayBuffer;
  /** It is not everything: of another period, it is fetched anew. */
  readonly partial: boolean;
}

/**
 * Fetch it.
 *
 * @param partial - Whether everything is known to be too much.
 * @param period - The period that is chosen, as a query; empty is all of time.
 */
export async function fetchUsage(origin: Origin, partial: boolean, period: () => string, signal: AbortSignal, onBytes: OnBytes): Promise<Usage> {
  const asked = partial ? period() : "";
  try {
    const url = `${origin.endpoint.replace(/\/+$/, "")}/api/analytics/export${asked}`;
    return { bytes: await receive(await request(url, origin.token, signal), onBytes), partial };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    if (error.code === "usage_too_large" && !partial && period() !== "") return fetchUsage(origin, true, period, signal, onBytes);
    throw told(error);
  }
}

/** What a refusal means here, where the status alone would say too little. */
function told(error: HttpError): Error {
  const { count, limit } = error.problem;
  const of = (key: Key, remedy: Remedy, params?: Params): Told => new Told((words) => ({ code: error.code, message: extraWords(words).t(key, params), remedy, count: 0, limit: 0 }));
  if (error.code === "usage_too_large" && typeof count === "number" && typeof limit === "number") return of("ui.usage_too_large", "retry", { count, limit });
  if (error.code === "usage_pending" && typeof count === "number") return of("ui.usage_pending", "retry", { count });
  if (error.code === "usage_not_kept") return of("ui.usage_not_kept", "none");
  return error;
}
