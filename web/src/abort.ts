/** Giving up: what an aborted task fails with, and waiting no longer for one that does not listen to the signal itself. */

/** Wait for a promise, but no longer than until the signal aborts. Throws a DOMException AbortError then, whatever the signal's reason. */
export async function unlessAborted<T>(promise: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return promise;
  // Whoever gave up does not wait for what becomes of it.
  promise.catch(() => undefined);
  if (signal.aborted) throw abortError();
  return new Promise((resolve, reject) => {
    const abort = (): void => { reject(abortError()); };
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => { signal.removeEventListener("abort", abort); });
  });
}

export function abortError(): DOMException {
  return new DOMException("The export was aborted.", "AbortError");
}
