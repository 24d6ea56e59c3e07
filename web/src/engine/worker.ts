// The worker: Python, started from the files beside it, behind a desk.
import { loadPyodide } from "pyodide";

import { openDesk } from "./worker/desk.ts";
import { fetchEarly } from "./worker/early.ts";
import { startInterpreter, type Files, type Interpreter } from "./worker/interpreter.ts";

/** Written in by the build. */
declare const ENGINE_FILES: Files;

void openDesk(self, start(ENGINE_FILES));

async function start(files: Files): Promise<Interpreter> {
  const base = new URL(/* @vite-ignore */ ".", import.meta.url).href;
  const { runtime, archive, extension } = files;
  const early = fetchEarly(`${base}${runtime}pyodide.asm.wasm`, [base + archive, base + extension.file]);
  const interpreter = await Promise.race([startInterpreter(loadPyodide, files, base, fetchBytes), early.failed]);
  early.end();
  return interpreter;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}
