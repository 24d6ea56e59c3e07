// Runs one export: bytes in, slices of the file out, a look at the messages between them.
import type { ExportRequest, ExportResult, Failure, Progress } from "../protocol.ts";
import type { Bridge, OpenFile } from "./interpreter.ts";
import { Pieces } from "./pieces.ts";

export type Outcome = { result: ExportResult } | { failure: Failure } | "aborted";

/** How an export touches the world around it. */
export interface Surroundings {
  isAborted: () => boolean;
  onProgress: (progress: Progress) => void;
  /** Lets the worker's messages in. */
  breathe: () => Promise<void>;
}

export async function runExport(
  bridge: Bridge,
  file: OpenFile,
  request: ExportRequest,
  { isAborted, onProgress, breathe }: Surroundings,
): Promise<Outcome> {
  const job = bridge.Job(file, JSON.stringify(request));
  const pieces = new Pieces();
  try {
    for (;;) {
      const slice = job.step();
      if (slice === undefined) break;
      const view = slice.getBuffer("u8");
      // The view looks into Python's memory, which moves on.
      pieces.add(view.data);
      view.release();
      slice.destroy();
      onProgress({ done: job.done, total: job.total });
      await breathe();
      if (isAborted()) return "aborted";
    }
    const report = JSON.parse(job.report) as { failure: Failure } | Omit<ExportResult, "blob" | "bytes">;
    if ("failure" in report) return report;
    onProgress({ done: job.total, total: job.total });
    const blob = pieces.blob(report.mediaType);
    return { result: { ...report, blob, bytes: blob.size } };
  } finally {
    job.close();
    job.destroy();
  }
}
