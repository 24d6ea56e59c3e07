// Fetches the interpreter's files, and compiles it, while its JavaScript still loads: Pyodide would begin only after that.
//
// Pyodide takes no compiled module and says nothing when a file is missing; it asks the globals `fetch` and
// `WebAssembly.instantiateStreaming`, each once per file. For as long as it starts, they answer with what is on its way.

export interface Early {
  /** Rejects when a file does not load; never resolves. The globals stay as they are: Pyodide would complain of it too. */
  failed: Promise<never>;
  /** Give the globals back, once Pyodide has started. */
  end: () => void;
}

/** @param wasm The address of the interpreter. @param others The addresses of further files. */
export function fetchEarly(wasm: string, others: string[]): Early {
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  const get = async (url: string): Promise<Response> => {
    const response = await fetch(url);
    if (!response.ok) throw new TypeError(`${response.status} ${url}`);
    return response;
  };

  const compiled = WebAssembly.compileStreaming(get(wasm));
  const coming = new Map(others.map((url) => [url, get(url)]));
  coming.set(wasm, Promise.resolve(new Response()));

  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    const response = coming.get(url);
    coming.delete(url);
    return response ?? fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    // Where it fails, `failed` says so: here nobody need wait for it.
    const module = await compiled.catch(() => new Promise<never>(() => undefined));
    return { module, instance: await WebAssembly.instantiate(module, imports) };
  };

  return {
    failed: new Promise((_, reject) => {
      for (const each of [compiled, ...coming.values()]) each.catch(reject);
    }),
    end: () => {
      globalThis.fetch = fetch;
      WebAssembly.instantiateStreaming = instantiateStreaming;
    },
  };
}
