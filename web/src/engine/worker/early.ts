// Fetches the interpreter's files, and compiles it, while its JavaScript still loads: Pyodide would begin only after that.
//
// Pyodide takes no compiled module and says nothing when a file is missing; it asks the globals `fetch` and
// `WebAssembly.instantiateStreaming`, each once per start. For as long as it starts, they answer with what is on its way.
import type { Compiled } from "../protocol.ts";
import { growByLittle } from "./growth.ts";

export interface Early {
  /** The interpreter and the shared library. */
  compiled: Promise<Compiled>;
  library: Promise<WebAssembly.Module>;
  /** Fetch a further file, and answer with it when Pyodide asks. */
  fetch: (url: string) => void;
  /** Answer with nothing when Pyodide asks for this file. */
  withhold: (url: string) => void;
  /** Rejects when a file does not load; never resolves. The globals stay as they are: Pyodide would complain of it too. */
  failed: Promise<never>;
  /** Give the globals back, once Pyodide has started. */
  end: () => void;
}

/**
 * @param wasm The addresses of the interpreter and of the shared library.
 * @param given What another worker has compiled already.
 */
export function fetchEarly(wasm: { runtime: string; library: string }, given: Compiled | undefined): Early {
  const { fetch } = globalThis;
  const { instantiateStreaming } = WebAssembly;
  const get = async (url: string): Promise<Response> => {
    const response = await fetch(url);
    if (!response.ok) throw new TypeError(`${response.status} ${url}`);
    return response;
  };

  const runtime = given === undefined ? compile(get(wasm.runtime)) : Promise.resolve(given.runtime);
  const library = given === undefined ? compile(get(wasm.library)) : Promise.resolve(given.library);
  const coming = new Map<string, Promise<Response>>();
  let fail: (reason: unknown) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => { fail = reject; });
  for (const each of [runtime, library]) each.catch(fail);
  const compiled = Promise.all([runtime, library]).then(([one, other]) => ({ runtime: one, library: other }));
  // Whoever waits for them hears of it; until somebody does, it is no error of its own.
  for (const each of [failed, compiled]) each.catch(() => undefined);

  globalThis.fetch = (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    if (url === wasm.runtime) return Promise.resolve(new Response());
    const response = coming.get(url);
    coming.delete(url);
    return response ?? fetch(input, init);
  };
  WebAssembly.instantiateStreaming = async (_source, imports) => {
    // Where it fails, `failed` says so: here nobody need wait for it.
    const module = await runtime.catch(() => new Promise<never>(() => undefined));
    const own = imports ?? {};
    growByLittle(own, () => instance.exports["memory"] as WebAssembly.Memory);
    const instance = await WebAssembly.instantiate(module, own);
    return { module, instance };
  };

  return {
    compiled,
    library,
    fetch: (url) => {
      const response = get(url);
      response.catch(fail);
      coming.set(url, response);
    },
    withhold: (url) => { coming.set(url, Promise.resolve(new Response())); },
    failed,
    end: () => {
      globalThis.fetch = fetch;
      WebAssembly.instantiateStreaming = instantiateStreaming;
    },
  };
}

/** Compile while it comes, which a browser does only by the right media type; not every server knows what a shared library is. */
async function compile(coming: Promise<Response>): Promise<WebAssembly.Module> {
  const response = await coming;
  if (response.headers.get("content-type")?.startsWith("application/wasm")) return WebAssembly.compileStreaming(response);
  return WebAssembly.compile(await response.arrayBuffer());
}
