// The desk of the worker: orders come in, Python does them one at a time, reports go out.
import type { Failure, Order, Report, WriterInfo } from "../protocol.ts";
import { breathe } from "./breathe.ts";
import { runExport } from "./export.ts";
import { Interrupt } from "./interrupt.ts";
import type { Interpreter } from "./interpreter.ts";
import { installParts, partsFor } from "./parts.ts";

type Task = Exclude<Order, { type: "abort" }>;

/** Serve the page that started this worker, once the interpreter is there. */
export async function openDesk(scope: DedicatedWorkerGlobalScope, starting: Promise<Interpreter>): Promise<void> {
  const report = (message: Report): void => {
    scope.postMessage(message);
  };
  let abortedId = 0;
  try {
    const interpreter = await starting;
    const interrupt = new Interrupt(interpreter.python);
    scope.onmessage = ({ data }: MessageEvent<Order>) => {
      if (data.type === "abort") abortedId = data.id;
      else void obey(interpreter, interrupt, data, () => abortedId === data.id, report).then(report);
    };
    report({ type: "ready" });
  } catch (error) {
    report({ type: "unavailable", reason: kindOf(error) });
  }
}

/** Do one task; the answer is its last report. */
async function obey(
  { python, bridge }: Interpreter,
  interrupt: Interrupt,
  task: Task,
  isAborted: () => boolean,
  report: (message: Report) => void,
): Promise<Report> {
  const { id } = task;
  try {
    if (task.type === "formats") return { type: "formats", id, writers: JSON.parse(bridge.formats()) as WriterInfo[] };
    try {
      await installParts(python, partsFor(task.request));
    } catch (error) {
      return { type: "failed", id, failure: failed("engine_unavailable", error) };
    }
    interrupt.watch(task.standing);
    const outcome = await runExport(bridge, new Uint8Array(task.bytes), task.request, {
      isAborted,
      breathe,
      onProgress: (progress) => {
        report({ type: "progress", id, progress });
      },
    });
    if (outcome === "aborted") return { type: "aborted", id };
    if ("failure" in outcome) return { type: "failed", id, failure: outcome.failure };
    return { type: "exported", id, result: outcome.result };
  } catch (error) {
    if (kindOf(error) === "KeyboardInterrupt") return { type: "aborted", id };
    // The bridge has reported every error of ours: what is left is memory that ran out, a trap, a bug.
    return { type: "failed", id, failure: failed("engine_crashed", error) };
  } finally {
    interrupt.rest();
  }
}

function failed(code: "engine_unavailable" | "engine_crashed", error: unknown): Failure {
  return { code, where: "", params: { kind: kindOf(error) } };
}

/** An error's class, in JavaScript or in Python. Its text may be content, and stays here. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "type" in error && typeof error.type === "string" ? error.type : error.name;
}
