// Starts Python with everything in place: one archive of bytecode, one shared library, nothing to install.
import type { loadPyodide, PyodideAPI } from "pyodide";

import type { Handles } from "./handles.ts";

/** The engine's files, as the build names them, relative to the folder that holds the worker. */
export interface Files {
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
}

/** The package in `bridge/`, as seen from here. */
export interface Bridge {
  File: (handles: Handles, request: string) => OpenFile;
  Job: (file: OpenFile, request: string) => Job;
  formats: () => string;
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

/**
 * @param load Pyodide's own start.
 * @param base The folder that holds the worker.
 * @param fetchBytes Fetches one of the files.
 */
export async function startInterpreter(
  load: typeof loadPyodide,
  files: Files,
  base: string,
  fetchBytes: (url: string) => Promise<Uint8Array>,
): Promise<Interpreter> {
  const extension = fetchBytes(base + files.extension.file);
  // A start that fails earlier never comes to wait for it, and says itself what is wrong.
  extension.catch(() => undefined);
  const python = await load({
    indexURL: base + files.runtime,
    stdLibURL: base + files.archive,
    // Parts come from our own folder by our own lock. Without one, Pyodide would look on a CDN.
    lockFileContents: JSON.stringify(files.lock),
    packageBaseUrl: base + files.parts,
    env: {
      HOME: "/home/pyodide",
      // No zones of a system: zoneinfo would load the interpreter's build configuration to ask where they are.
      PYTHONTZPATH: "",
    },
    fsInit: async (fs: FileSystem) => {
      // Next to the modules of the standard library that are no bytecode either; see _ArchivedExtensions in bridge/.
      fs.writeFile(`/lib/python3.14/lib-dynload/${files.extension.name}`, await extension);
    },
    // What Python prints could hold content, and a log is no place for that.
    stdout: () => undefined,
    stderr: () => undefined,
  });
  return { python, bridge: python.pyimport("py_export_bridge") as Bridge };
}
