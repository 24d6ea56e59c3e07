// The desk of the worker: orders come in, Python does them one at a time, reports go out.
import { unlessAborted } from "../../abort.ts";
import type { Answers, Compiled, Failure, Order, Progress, Report } from "../protocol.ts";
import { breathe } from "./breathe.ts";
import { runExport, type Outcome } from "./export.ts";
import { bytesAlone, handlesOf } from "./handles.ts";
import { Interrupt } from "./interrupt.ts";
import type { Interpreter, OpenFile } from "./interpreter.ts";
import { installParts, partsFor } from "./parts.ts";
import { exportSet } from "./set.ts";

type Standing = Exclude<Order, { type: "abort" }>;
type Ending = { answer: Answers[keyof Answers] } | { failure: Failure } | "aborted";

/** The interpreter, and the file that lies open. */
class Desk {
  readonly python: Interpreter["python"];
  readonly bridge: Interpreter["bridge"];
  readonly typesetter: Interpreter["typesetter"];
  readonly interrupt: Interrupt;
  #file: OpenFile | null = null;

  constructor({ python, bridge, typesetter }: Interpreter) {
    this.python = python;
    this.bridge = bridge;
    this.typesetter = typesetter;
    this.interrupt = new Interrupt(python);
  }

  keep(file: OpenFile | null): void {
    this.#file?.destroy();
    this.#file = file;
  }

  file(): OpenFile {
    if (this.#file === null) throw new TypeError("no file is open");
    return this.#file;
  }
}

/** Who hears of what the desk does. */
export interface Listener {
  /** An order has come. */
  began: () => void;
  /** It is done. @param exported Whether a file was written. @param crashed Whether Python broke down. */
  ended: (exported: boolean, crashed: boolean) => void;
}

/** Serve the page that started this worker, once the interpreter is there. */
export async function openDesk(scope: DedicatedWorkerGlobalScope, starting: Promise<Interpreter & { listener?: Listener; code?: Compiled }>): Promise<void> {
  const report = (message: Report): void => {
    scope.postMessage(message);
  };
  const stops = new Map<number, AbortController>();
  try {
    const { listener, code, ...interpreter } = await starting;
    const desk = new Desk(interpreter);
    const take = async (order: Standing): Promise<void> => {
      listener?.began();
      const stop = new AbortController();
      stops.set(order.id, stop);
      const last = await obey(desk, order, stop.signal, report);
      stops.delete(order.id);
      report(last);
      listener?.ended(order.type === "export" && last.type === "done", last.type === "failed" && last.failure.code === "engine_crashed");
    };
    scope.onmessage = ({ data }: MessageEvent<Order>) => {
      if (data.type === "abort") stops.get(data.id)?.abort();
      else void take(data);
    };
    report({ type: "ready", ...(code === undefined ? {} : { code }) });
  } catch (error) {
    report({ type: "unavailable", reason: kindOf(error) });
  }
}

/** Do one task; the answer is its last report. */
async function obey(desk: Desk, order: Standing, signal: AbortSignal, report: (message: Report) => void): Promise<Report> {
  const { id } = order;
  try {
    const ending = await perform(desk, order, signal, (progress) => {
      report({ type: "progress", id, progress });
    });
    if (ending === "aborted") return { type: "aborted", id };
    return "failure" in ending ? { type: "failed", id, failure: ending.failure } : { type: "done", id, answer: ending.answer };
  } catch (error) {
    if (kindOf(error) === "KeyboardInterrupt") return { type: "aborted", id };
    // The bridge has reported every error of ours: what is left is memory that ran out, a trap, a bug.
    return { type: "failed", id, failure: failed("engine_crashed", error) };
  } finally {
    desk.interrupt.rest();
  }
}

async function perform(desk: Desk, task: Standing, signal: AbortSignal, onProgress: (progress: Progress) => void): Promise<Ending> {
  const { python, bridge } = desk;
  switch (task.type) {
    case "formats":
      return { answer: JSON.parse(bridge.formats()) as Answers["formats"] };
    case "weight":
      return { answer: await desk.typesetter.weight(task.to) };
    case "settings":
      try {
        // Whether a time zone has that name is asked of a part of its own.
        await installParts(python, task.text.includes("timezone") ? ["tzdata"] : []);
      } catch (error) {
        return { failure: failed("engine_unavailable", error) };
      }
      return answered(bridge.settings(task.text));
    case "open":
      desk.interrupt.watch(task.standing);
      desk.keep(bridge.File(handlesOf(task.files), JSON.stringify(task.request)));
      return answered(desk.file().about());
    case "close":
      desk.keep(null);
      return { answer: null };
    case "select":
      desk.interrupt.watch(task.standing);
      return answered(desk.file().numbers(JSON.stringify(task.selection), task.session ?? undefined));
    case "header":
      return answered(desk.file().header(task.session));
    case "messages":
      desk.interrupt.watch(task.standing);
      return answered(desk.file().messages(task.session, task.from, task.to));
    case "preview":
    case "secrets":
    case "export":
      try {
        // Whoever gives up does not wait for them; they are soon there for the next one.
        await unlessAborted(installParts(python, partsFor(task.request)), signal);
      } catch (error) {
        if (signal.aborted) return "aborted";
        return { failure: failed("engine_unavailable", error) };
      }
  }
  // Not while parts are installed: micropip would not survive it.
  desk.interrupt.watch(task.standing);
  if (signal.aborted) return "aborted";
  if (task.type === "secrets") return answered(desk.file().secrets(JSON.stringify(task.request)));
  if (task.type === "preview") return answered(desk.file().preview(JSON.stringify(task.request), task.limit));
  const own = task.bytes === null ? null : bridge.File(bytesAlone(new Uint8Array(task.bytes)), JSON.stringify(task.request));
  try {
    const file = own ?? desk.file();
    const pause = async (): Promise<void> => desk.interrupt.pause(breathe());
    const around = { isAborted: (): boolean => signal.aborted, breathe: pause, onProgress };
    const run = async (): Promise<Outcome> => runExport(bridge, file, task.request, around);
    const outcome = await exportSet(desk, task, signal, onProgress, run);
    if (outcome === "aborted" || "failure" in outcome) return outcome;
    return { answer: outcome.result };
  } finally {
    own?.destroy();
  }
}

function answered(json: string): Ending {
  const { failure, ...answer } = JSON.parse(json) as { failure?: Failure };
  return failure === undefined ? { answer: answer as Answers[keyof Answers] } : { failure };
}

function failed(code: "engine_unavailable" | "engine_crashed", error: unknown): Failure {
  return { code, where: "", params: { kind: kindOf(error) } };
}

/** An error's class, in JavaScript or in Python. Its text may be content, and stays here. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "type" in error && typeof error.type === "string" ? error.type : error.name;
}
