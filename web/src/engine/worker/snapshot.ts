// Starts Python from a picture of its memory, and takes one: everything of it that Pyodide and Emscripten do not publish.
//
// Pyodide can take a picture of an interpreter in which no package was loaded. Ours has its packages in the archive, so that only
// the shared library of msgspec is in the way. Whoever calls this goes on without a picture wherever it throws.
import type { PyodideAPI } from "pyodide";

/** What is used of Emscripten's module. */
export interface Emscripten {
  HEAPU8: Uint8Array;
  HEAPU32: Uint32Array;
  wasmTable: WebAssembly.Table;
  preloadedWasm: Record<string, object>;
  addRunDependency: (id: string) => void;
  removeRunDependency: (id: string) => void;
  loadWebAssemblyModule: (module: WebAssembly.Module, flags: object, name: string, scope: object, handle: number) => Promise<object>;
  FS: {
    readFile: (path: string) => Uint8Array<ArrayBuffer>;
    writeFile: (path: string, data: Uint8Array, options: { canOwn: true }) => void;
    mkdirTree: (path: string) => void;
  };
  growMemory: (bytes: number) => number | undefined;
  _emscripten_get_sbrk_ptr: () => number;
}

/** What `pyodide.asm.mjs` exports, and `loadPyodide` takes as `createPyodideModule`. */
export type Create = (settings: { preRun: ((module: Emscripten) => void)[] }) => Promise<Emscripten>;

/** A picture of an interpreter's memory, as it was taken. */
export interface Snapshot {
  /** The archive, which Python opens by its path when it imports something later. */
  archive: Uint8Array<ArrayBuffer>;
  /** Pyodide's own head of it, which says what build it is of. */
  head: Uint8Array<ArrayBuffer>;
  memory: Uint8Array<ArrayBuffer>;
  /** How many functions the table held into which the memory points. */
  table: number;
}

/** A picture that was kept. */
export interface Kept {
  archive: Uint8Array<ArrayBuffer>;
  head: Uint8Array<ArrayBuffer>;
  table: number;
  /** How many bytes of memory it has. */
  size: number;
  /** Put it into memory; throws where it is damaged. */
  fill: (memory: Uint8Array) => void;
}

/** Where Pyodide puts what it calls the standard library. */
const ARCHIVE = "/lib/python314.zip";

/** Memory of WebAssembly grows by this many bytes. */
const PAGE = 1 << 16;

/** Options of `loadPyodide` for an interpreter of which a picture will be taken. */
export const MAKING = { _makeSnapshot: true };

/** Options of `loadPyodide` for an interpreter that comes from a picture. */
export function restoring({ head }: Kept): object {
  // Pyodide would wait for the whole picture before it begins: what it gets is one of no memory. It compares the build all the same.
  return { _loadSnapshot: head };
}

/**
 * Return a way to create the module with the shared library linked before Python starts, as if it had been loaded from `path`.
 *
 * Only there the library's memory and its functions lie at the same places in every interpreter, the one that is pictured and the one
 * that comes from the picture; when Python imports it, Emscripten finds it among what it calls preloaded. It is compiled while it is
 * fetched, and not in the middle of an import.
 */
export function linkingEarly(create: Create, library: Promise<WebAssembly.Module>, path: string, snapshot: Kept | null): Create {
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
    if (snapshot !== null) restore(module, snapshot);
    return module;
  };
}

/** Give the module its memory; throws where the picture cannot be of such a module. */
function restore(module: Emscripten, { archive, table, size, fill }: Kept): void {
  // The memory is full of places in this table. Pyodide itself compares only the build.
  if (module.wasmTable.length !== table) throw new TypeError("another table");
  if (size > module.HEAPU8.length && module.growMemory(size) !== 1) throw new RangeError("no memory");
  fill(module.HEAPU8.subarray(0, size));
  // To fetch it would take longer than all the rest. It must be the same one: Python has looked into it.
  module.FS.writeFile(ARCHIVE, archive, { canOwn: true });
}

/** Take the picture. The interpreter must be one that was started with `MAKING`, and hold nothing of JavaScript. */
export function takeSnapshot(python: PyodideAPI): Snapshot {
  const { _module: module } = python as PyodideAPI & { _module: Emscripten };
  const bytes = python.makeMemorySnapshot() as Uint8Array<ArrayBuffer>;
  // It begins with a magic number, then says at which byte the memory begins.
  const begin = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  // Memory is given out up to the break, and what lies beyond has never been used.
  const used = module.HEAPU32[module._emscripten_get_sbrk_ptr() >>> 2] ?? module.HEAPU8.length;
  const memory = bytes.subarray(begin, begin + Math.ceil(used / PAGE) * PAGE);
  return { archive: module.FS.readFile(ARCHIVE), head: bytes.slice(0, begin), memory, table: module.wasmTable.length };
}
