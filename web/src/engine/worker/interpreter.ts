// Starts Python with everything in place: one archive of bytecode, one shared library, nothing to install.
import type { loadPyodide, PyodideAPI } from "pyodide";

import type { Handles } from "./handles.ts";
import { Typesetter, type Typesetting } from "./typesetter.ts";
import { linkingEarly, MAKING, restoring, type Create, type Kept } from "./snapshot.ts";

/** The engine's files, as the build names them, relative to the folder that holds the worker. */
export interface Files extends Typesetting {
  /** The folder of `pyodide.asm.mjs` and `pyodide.asm.wasm`. */
  runtime: string;
  /** The standard library, the packages, py_export and the bridge, as bytecode. */
  archive: string;
  /** The shared library of msgspec, and the name that Python's import system looks for. */
  extension: { file: string; name: string };
  /** The folder of the optional parts, and the lock that names them. */
  parts: string;
  lock: { info: object; packages: Record<string, object> };
}

/** What is used of Emscripten's file system. */
interface FileSystem {
  writeFile: (path: string, data: Uint8Array) => void;
}

export interface Interpreter {
  python: PyodideAPI;
  bridge: Bridge;
  typesetter: Typesetter;
}

/** The package in `bridge/`, as seen from here. */
export interface Bridge {
  File: (handles: Handles, request: string) => OpenFile;
  Job: (file: OpenFile, request: string) => Job;
  formats: () => string;
  /** What it returns is JSON: an answer, or `{failure}`. */
  settings: (text: string) => string;
  /** Say that what was a picture of memory runs now. */
  wake: () => void;
}

/** What is open. What its methods return is JSON: an answer, or `{failure}`. */
export interface OpenFile {
  about: () => string;
  numbers: (selection: string, session: number | undefined) => string;
  header: (session: number) => string;
  messages: (session: number, from: number, to: number) => string;
  preview: (request: string, limit: number) => string;
  secrets: (request: string) => string;
  destroy: () => void;
}

export interface Job {
  readonly done: number;
  readonly total: number;
  readonly report: string;
  step: () => Slice | undefined;
  close: () => void;
  destroy: () => void;
}

/** Python bytes. */
export interface Slice {
  getBuffer: (type: "u8") => { data: Uint8Array<ArrayBuffer>; release: () => void };
  destroy: () => void;
}

type Options = NonNullable<Parameters<typeof loadPyodide>[0]>;

/** What a start needs beside the names of the files. */
export interface Supplies {
  /** Pyodide's own start, and what `pyodide.asm.mjs` exports. */
  load: typeof loadPyodide;
  create: Create;
  /** The shared library, compiled. */
  library: Promise<WebAssembly.Module>;
  /** Start from this picture of memory; throws where it does not fit. */
  snapshot?: Kept | null;
  /** Whether a picture will be taken: nothing but Python may be used until then. */
  making?: boolean;
}

/** @param base The folder that holds the worker. */
export async function startPython(files: Files, base: string, { load, create, library, snapshot = null, making = false }: Supplies): Promise<PyodideAPI> {
  // Next to the modules of the standard library that are no bytecode either; see _ArchivedExtensions in bridge/.
  const path = `/lib/python3.14/lib-dynload/${files.extension.name}`;
  return load({
    indexURL: base + files.runtime,
    stdLibURL: base + files.archive,
    // Parts come from our own folder by our own lock. Without one, Pyodide would look on a CDN.
    lockFileContents: JSON.stringify(files.lock),
    packageBaseUrl: base + files.parts,
    env: {
      HOME: "/home/pyodide",
      // No zones of a system: zoneinfo would load the interpreter's build configuration to ask where they are.
      PYTHONTZPATH: "",
      // Typst looks for a local time, which no template of ours shows. Without this it would ask JavaScript by `eval`: a policy forbids that, and
      // what is thrown then ends in the middle of Rust, where nothing may be thrown through.
      TZ: "UTC0",
    },
    // Python looks whether it is there; what is in it is linked already.
    fsInit: async (fs: FileSystem) => {
      fs.writeFile(path, new Uint8Array());
      await Promise.resolve();
    },
    createPyodideModule: linkingEarly(create, library, path, snapshot) as unknown as NonNullable<Options["createPyodideModule"]>,
    ...(making ? MAKING : {}),
    ...(snapshot === null ? {} : restoring(snapshot)),
    // What Python prints could hold content, and a log is no place for that.
    stdout: () => undefined,
    stderr: () => undefined,
  });
}

/** Start Python with the bridge in place. */
export async function startInterpreter(files: Files, base: string, supplies: Supplies): Promise<Interpreter> {
  const python = await startPython(files, base, supplies);
  const bridge = python.pyimport("py_export_bridge") as Bridge;
  if (supplies.snapshot) bridge.wake();
  return { python, bridge, typesetter: new Typesetter(python, files, base) };
}
