// One worker's life: its start, one task at a time, its end.
import { abortError, unlessAborted } from "../abort.ts";
import { EngineError, type Answers, type Compiled, type Order, type Progress, type Report, type Task } from "./protocol.ts";
import { spawn } from "./spawn.ts";

/** How long a worker may go on with an aborted task. It looks up every 40 ms, unless something longer holds it. */
const PATIENCE_MS = 200;

export class Connection {
  /** Resolves when the worker can take the next task, or has ended. */
  idle: Promise<void> = Promise.resolve();
  ended = false;
  /** Resolves when the worker has started; rejects when it cannot. */
  readonly ready: Promise<void>;
  /** What the next worker need not compile. */
  code: Compiled | undefined;
  /** What the worker holds open, as its owner knows it. */
  file: object | null = null;

  readonly #worker: Worker;
  #started = false;
  #number = 0;
  #listen: (heard: Report | Error) => void = () => undefined;

  constructor(url: URL, compiled: Compiled | undefined) {
    this.#worker = spawn(url);
    this.#worker.postMessage(compiled);
    this.ready = new Promise((resolve, reject) => {
      this.#listen = (heard) => {
        if (heard instanceof Error) reject(heard);
        else {
          this.#started = true;
          // What it says first, unless it is unavailable.
          this.code = (heard as Extract<Report, { type: "ready" }>).code;
          resolve();
        }
      };
    });
    this.#worker.onmessage = ({ data }: MessageEvent<Report>) => {
      if (data.type === "unavailable") this.end(broken("engine_unavailable", data.reason));
      else this.#listen(data);
    };
    this.#worker.onmessageerror = () => {
      this.end(broken("engine_crashed", "message"));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.end(this.#started ? broken("engine_crashed", "error") : broken("engine_unavailable", "worker"));
    };
  }

  /**
   * Let the worker do one task; the one before must be done (`idle`). Bytes are transferred once the worker is ready.
   *
   * @throws EngineError, or a DOMException AbortError as soon as the signal aborts.
   */
  async run<T extends Task>(task: T, signal?: AbortSignal, onProgress?: (progress: Progress) => void): Promise<Answers[T["type"]]> {
    await unlessAborted(this.ready, signal);
    if (signal?.aborted) throw abortError();
    const id = ++this.#number;
    return new Promise((resolve, reject) => {
      this.idle = new Promise((release) => {
        const standing = URL.createObjectURL(new Blob());
        let patience: ReturnType<typeof setTimeout> | undefined;
        const abort = (): void => {
          reject(abortError());
          URL.revokeObjectURL(standing);
          this.#post({ type: "abort", id });
          patience = setTimeout(() => { this.end(abortError()); }, PATIENCE_MS);
        };
        this.#listen = (heard) => {
          if (!(heard instanceof Error)) {
            if (!("id" in heard) || heard.id !== id) return;
            if (heard.type === "progress") {
              if (!signal?.aborted) onProgress?.(heard.progress);
              return;
            }
            if (heard.type === "done") resolve(heard.answer as Answers[T["type"]]);
            else if (heard.type === "failed") reject(this.#failure(heard));
          } else reject(heard);
          clearTimeout(patience);
          URL.revokeObjectURL(standing);
          signal?.removeEventListener("abort", abort);
          this.#listen = () => undefined;
          release();
        };
        signal?.addEventListener("abort", abort, { once: true });
        this.#post({ ...task, id, standing });
      });
    });
  }

  /** End the worker at once, in the middle of whatever it does. */
  end(reason: Error): void {
    this.ended = true;
    this.#worker.terminate();
    this.#listen(reason);
  }

  #post(order: Order): void {
    this.#worker.postMessage(order, "bytes" in order && order.bytes ? [order.bytes] : []);
  }

  #failure({ failure }: Extract<Report, { type: "failed" }>): EngineError {
    const error = new EngineError(failure);
    // What broke down once is not used again.
    if (failure.code === "engine_crashed") this.end(error);
    return error;
  }
}

function broken(code: "engine_unavailable" | "engine_crashed", kind: string): EngineError {
  return new EngineError({ code, where: "", params: { kind } });
}
