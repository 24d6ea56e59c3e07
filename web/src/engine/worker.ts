// The worker: Python, and a desk where orders come in and reports go out.
import { loadPyodide } from "pyodide";

import type { Failure, Order, Report } from "./protocol.ts";
import { breathe } from "./worker/breathe.ts";
import { runExport } from "./worker/export.ts";
import { startInterpreter, type Files, type Interpreter } from "./worker/interpreter.ts";
import { installParts, partsFor } from "./worker/parts.ts";

/** Written in by the build. */
declare const ENGINE_FILES: Files;

const scope = self as unknown as DedicatedWorkerGlobalScope;
const base = new URL(/* @vite-ignore */ ".", import.meta.url).href;
let abortedId = 0;

async function main(): Promise<void> {
  const interpreter = await startInterpreter(loadPyodide, ENGINE_FILES, base, fetchBytes);
  scope.onmessage = ({ data }: MessageEvent<Order>) => {
    if (data.type === "abort") abortedId = data.id;
    else void obey(interpreter, data);
  };
  report({ type: "ready" });
}

async function obey({ python, bridge }: Interpreter, order: Exclude<Order, { type: "abort" }>): Promise<void> {
  const { id } = order;
  try {
    if (order.type === "formats") {
      report({ type: "formats", id, writers: JSON.parse(bridge.formats()) });
      return;
    }
    await installParts(python, partsFor(order.request));
    const outcome = await runExport(bridge, new Uint8Array(order.bytes), order.request, {
      isAborted: () => abortedId === id,
      onProgress: (progress) => { report({ type: "progress", id, progress }); },
      breathe,
    });
    if (outcome === "aborted") report({ type: "aborted", id });
    else if ("failure" in outcome) report({ type: "failed", id, failure: outcome.failure });
    else report({ type: "exported", id, result: outcome.result });
  } catch (error) {
    report({ type: "failed", id, failure: crash(error) });
  }
}

/** What is left once the bridge has reported every error of ours: memory that ran out, a trap, a bug. Its text may be content. */
function crash(error: unknown): Failure {
  const kind = error instanceof Error ? ((error as { type?: string }).type ?? error.name) : typeof error;
  return { code: "engine_crashed", where: "", params: { kind } };
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}

function report(message: Report): void {
  scope.postMessage(message);
}

main().catch((error: unknown) => { report({ type: "unavailable", reason: String(error) }); });
