// Starts Python from a picture of its memory, and takes one: everything of it that Pyodide and Emscripten do not publish.
//
// Pyodide can take a picture of an interpreter in which no package was loaded. Ours has its packages in the archive, so that only
// the shared library of pydantic_core is in the way. Whoever calls this goes on without a picture wherever it throws.
import type { PyodideAPI } from "pyodide";

/** What is used of Emscripten's module. */
export interface Emscripten {
  HEAP8: Int8Array;
  HEAPU32: Uint32Array;
  wasmTable: WebAssembly.Table;
  preloadedWasm: Record<string, object>;
  addRunDependency: (id: string) => void;
  removeRunDependency: (id: string) => void;
  loadWebAssemblyModule: (module: WebAssembly.Module, flags: object, name: string, scope: object, handle: number) => Promise<object>;
  growMemory: (bytes: number) => number | undefined;
  _emscripten_get_sbrk_ptr: () => number;
}

/** What `pyodide.asm.mjs` exports, and `loadPyodide` takes as `createPyodideModule`. */
export type Create = (settings: { preRun: ((module: Emscripten) => void)[] }) => Promise<Emscripten>;

/** A picture of an interpreter's memory. */
export interface Snapshot {
  /** As Pyodide takes it; its own head says which build it is of. */
  bytes: Uint8Array;
  /** How many functions the table held into which the memory points. */
  table: number;
}

/** Options of `loadPyodide` for an interpreter of which a picture will be taken. */
export const MAKING = { _makeSnapshot: true };

/** Options of `loadPyodide` for an interpreter that comes from a picture. */
export function restoring({ bytes }: Snapshot): object {
  return { _loadSnapshot: bytes };
}

/**
 * Return a way to create the module with the shared library linked before Python starts, as if it had been loaded from `path`.
 *
 * Only there the library's memory and its functions lie at the same places in every interpreter, the one that is pictured and the one
 * that comes from the picture; when Python imports it, Emscripten finds it among what it calls preloaded. It is compiled while it is
 * fetched, and not in the middle of an import.
 */
export function linkingEarly(create: Create, library: Promise<WebAssembly.Module>, path: string, snapshot: Snapshot | null): Create {
  return async (settings) => {
    const link = async (module: Emscripten): Promise<void> => {
      module.preloadedWasm[path] = await module.loadWebAssemblyModule(await library, { loadAsync: true, global: false, nodelete: true }, path, {}, 0);
    };
    let failure: unknown = null;
    settings.preRun.push((module) => {
      module.addRunDependency(path);
      // What fails here must not leave Emscripten waiting.
      link(module).catch((error: unknown) => { failure = error; }).finally(() => { module.removeRunDependency(path); });
    });
    const module = await create(settings);
    if (failure !== null) throw failure as Error;
    if (snapshot !== null) makeReady(module, snapshot);
    return module;
  };
}

/** Throw where a picture cannot be of such a module, else make room for it: Pyodide copies it into whatever memory there is. */
function makeReady(module: Emscripten, { bytes, table }: Snapshot): void {
  // The memory is full of places in this table. Pyodide itself compares only the build.
  if (module.wasmTable.length !== table) throw new TypeError("another table");
  const missing = bytes.length - headLength(bytes) - module.HEAP8.length;
  if (missing > 0 && module.growMemory(module.HEAP8.length + missing) !== 1) throw new RangeError("no memory");
}

/** Take the picture. The interpreter must be one that was started with `MAKING`, and hold nothing of JavaScript. */
export function takeSnapshot(python: PyodideAPI): Snapshot {
  const { _module: module } = python as PyodideAPI & { _module: Emscripten };
  const bytes = python.makeMemorySnapshot();
  // Memory is given out up to the break, and what lies beyond has never been used.
  const used = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2] ?? module.HEAP8.length;
  const page = 1 << 16;
  return { bytes: bytes.subarray(0, headLength(bytes) + Math.ceil(used / page) * page), table: module.wasmTable.length };
}

/** Pyodide's head of a picture: a magic number, then at which byte the memory begins. */
function headLength(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
}
