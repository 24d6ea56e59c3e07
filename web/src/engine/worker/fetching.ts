// Tells how much has come of what is fetched: Pyodide itself says nothing until a file is there.

/** How many bytes have come, out of how many. */
export type Fetching = (done: number, total: number) => void;

/** What is smaller has come before anyone could read of it. */
const LEAST_BYTES = 1 << 20;

/**
 * From now on, watch what is fetched, until the function is called that this returns.
 *
 * A file that must match a hash is verified here, over the whole of it, as the browser would: it hands out nothing before it has
 * all. Without a secure context there is no digest; then the browser does it, and nothing is told.
 */
export function watchFetching(onFetch: Fetching): () => void {
  const { fetch } = globalThis;
  const digests = globalThis.crypto.subtle as SubtleCrypto | undefined;
  if (digests === undefined) return () => undefined;
  globalThis.fetch = async (input, init) => {
    const { integrity, ...others } = init ?? {};
    const response = await fetch(input, others);
    const total = Number(response.headers.get("content-length") ?? 0);
    if (!response.ok || response.body === null) return response;
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let done = 0;
    for await (const part of read(response.body)) {
      parts.push(part);
      done += part.length;
      // Where it comes compressed, its length is another.
      if (total > LEAST_BYTES) onFetch(Math.min(done, total), total);
    }
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    if (integrity !== undefined && (await integrityOf(digests, bytes)) !== integrity) throw new TypeError("not the file that was built");
    return new Response(bytes, { headers: response.headers });
  };
  return () => { globalThis.fetch = fetch; };
}

/** WebKit has no way to iterate over a stream. */
async function* read(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function integrityOf(digests: SubtleCrypto, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await digests.digest("SHA-256", bytes));
  return `sha256-${btoa(String.fromCharCode(...digest))}`;
}
