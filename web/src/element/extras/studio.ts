/** The video's worker as the dialog uses it: fetched when a video is first looked at, ended as soon as nobody waits for it. */
import { abortError } from "../../abort.ts";
import { EngineError } from "../../engine/protocol.ts";
import { spawn } from "../../engine/spawn.ts";
import type { Look, Order, Report } from "../../video/protocol.ts";

/** Whether this browser has what a video is made with; whether it can encode one is asked of it later. */
export function canFilm(): boolean {
  return "VideoEncoder" in globalThis && "OffscreenCanvas" in globalThis && !isWebKitOnLinux(navigator.userAgent);
}

/** WebKitGTK (seen in 2.50) has an encoder by name, but ends its process, and the page with it, at the first question about that. */
export function isWebKitOnLinux(userAgent: string): boolean {
  return userAgent.includes("AppleWebKit/") && userAgent.includes("Linux") && !/Chrom(?:e|ium)\//.test(userAgent);
}

/** Make the video of a plan. Aborting ends the worker at once, and nothing of it stays. */
export async function film(url: URL, plan: Blob, signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<Blob> {
  const studio = new Studio(url);
  const leave = (): void => { studio.leave(); };
  signal.addEventListener("abort", leave, { once: true });
  try {
    signal.throwIfAborted();
    const report = await studio.ask({ type: "film", plan }, "filmed", onProgress);
    signal.throwIfAborted();
    return report.video;
  } finally {
    signal.removeEventListener("abort", leave);
    studio.leave();
  }
}

export class Studio {
  readonly #url: URL;
  #worker: Worker | null = null;
  #refuse: (error: Error) => void = () => undefined;

  constructor(url: URL) {
    this.#url = url;
  }

  async look(plan: Blob): Promise<Look> {
    return (await this.ask({ type: "look", plan }, "looked")).look;
  }

  /** About how large the video of a plan will be, in bytes. */
  async size(plan: Blob): Promise<number> {
    return (await this.ask({ type: "size", plan }, "sized")).bytes;
  }

  /** The picture at a moment of what was looked at last. */
  async still(at: number): Promise<ImageBitmap> {
    return (await this.ask({ type: "still", at }, "still")).picture;
  }

  /** One order at a time. Rejects with AbortError where the studio is left, with EngineError where it cannot be done. */
  async ask<T extends Report["type"]>(order: Order, wanted: T, onProgress: (done: number, total: number) => void = () => undefined): Promise<Extract<Report, { type: T }>> {
    const worker = (this.#worker ??= spawn(this.#url));
    return new Promise((resolve, reject) => {
      this.#refuse = reject;
      worker.onmessage = ({ data }: MessageEvent<Report>) => {
        if (data.type === "progress") onProgress(data.done, data.total);
        else if (data.type === wanted) resolve(data as Extract<Report, { type: T }>);
        else reject(this.#broken(data.type === "unavailable" ? "engine_unavailable" : "video_failed"));
      };
      worker.onerror = (event) => {
        event.preventDefault();
        reject(this.#broken("engine_unavailable"));
      };
      worker.postMessage(order);
    });
  }

  leave(): void {
    this.#worker?.terminate();
    this.#worker = null;
    this.#refuse(abortError());
  }

  /** What broke down once is not used again. */
  #broken(code: "engine_unavailable" | "video_failed"): EngineError {
    this.#worker?.terminate();
    this.#worker = null;
    return new EngineError({ code, where: "", params: { kind: "video" } });
  }
}
