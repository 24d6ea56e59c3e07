// One start of the worker's interpreter: from a picture of memory where there is a good one, else from the beginning.
import type { loadPyodide, PyodideAPI } from "pyodide";

import type { Compiled } from "../protocol.ts";
import type { Shelf, Stored } from "../shelf.ts";
import type { Listener } from "./desk.ts";
import { fetchEarly, type Early } from "./early.ts";
import { startInterpreter, startPython, type Files, type Interpreter } from "./interpreter.ts";
import { Keeper } from "./keeper.ts";
import { keyOf, unfiled } from "./snapshot-file.ts";
import type { Create, Kept } from "./snapshot.ts";

/** Written in by the build: a hash of the worker's script, in which the names of all other files say their content. */
declare const ENGINE_BUILD: string;

export class Start {
  readonly #load: typeof loadPyodide;
  readonly #files: Files;
  readonly #base: string;
  readonly #early: Early;
  readonly #create: Promise<Create>;
  /** Of a picture of this interpreter in this browser. */
  readonly key: Promise<string>;

  constructor(load: typeof loadPyodide, create: Promise<Create>, files: Files, base: string, given: Compiled | undefined) {
    const { runtime, extension } = files;
    this.#load = load;
    this.#files = files;
    this.#base = base;
    this.key = keyOf(ENGINE_BUILD, navigator.userAgent);
    // Without a secure context there is no digest, and no storage either.
    this.key.catch(() => undefined);
    this.#early = fetchEarly({ runtime: `${base}${runtime}pyodide.asm.wasm`, library: base + extension.file }, given);
    this.#create = create;
  }

  async run(shelf: Shelf): Promise<Interpreter & { listener: Listener; code: Compiled }> {
    const file = await this.key.then(async (key) => shelf.read(key)).catch(() => null);
    const restored = file === null ? null : await this.#restored(file);
    file?.close();
    const interpreter = restored ?? (await this.#fresh());
    this.#early.end();
    // Whatever was wrong with it, it is not tried again.
    if (file !== null && restored === null) await shelf.clear();
    const code = await this.#early.compiled;
    return { ...interpreter, code, listener: new Keeper(shelf, this.key, code, restored !== null) };
  }

  /** Start an interpreter of which a picture will be taken. */
  async python(): Promise<PyodideAPI> {
    this.#early.fetch(this.#archive);
    return this.#orFail(startPython(this.#files, this.#base, { ...(await this.#supplies()), making: true }));
  }

  async #fresh(): Promise<Interpreter> {
    this.#early.fetch(this.#archive);
    return this.#attempt(null);
  }

  get #archive(): string {
    return this.#base + this.#files.archive;
  }

  async #attempt(snapshot: Kept | null): Promise<Interpreter> {
    return this.#orFail(startInterpreter(this.#files, this.#base, { ...(await this.#supplies()), snapshot }));
  }

  async #supplies(): Promise<{ load: typeof loadPyodide; create: Create; library: Promise<WebAssembly.Module> }> {
    return { load: this.#load, create: await this.#create, library: this.#early.library };
  }

  async #orFail<T>(starting: Promise<T>): Promise<T> {
    return Promise.race([starting, this.#early.failed]);
  }

  /** Null where the picture is not to be trusted. */
  async #restored(file: Stored): Promise<Interpreter | null> {
    try {
      const kept = unfiled(file, await this.key);
      if (kept === null) return null;
      this.#early.withhold(this.#archive);
      return await this.#attempt(kept);
    } catch {
      return null;
    }
  }
}
