/** One export from the payload's bytes to finished files; one signal stops all of it, and nothing is saved here. */
import type { Engine } from "../engine/client.ts";
import type { ExportResult, Notice } from "../engine/protocol.ts";
import { LocalError } from "./errors.ts";
import type { Phase } from "./events.ts";
import type { Format } from "./formats.ts";
import { fetchPayload, ownPayload, type Origin, type Payload } from "./payload.ts";
import { partName, type Span } from "./spans.ts";

export interface Progress {
  phase: Phase;
  done: number;
  total: number | null;
  /** Which file of how many; 1 of 1 but for an export in parts. */
  part: number;
  parts: number;
}

export interface Exported {
  file: File;
  bytes: number;
  notices: Notice[];
}

export interface ExportJob {
  engine: Engine;
  /** The host's own payload, which needs no server. */
  payload: Payload | null;
  origin: Origin;
  format: Format;
  /** The parts to export, each a file of its own; null for the whole session in one. */
  spans: readonly Span[] | null;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** All files or none: an export in parts is handed over when its last part is written. */
export async function exportSession(job: ExportJob): Promise<Exported[]> {
  if (job.payload === null && job.origin.sessionId === "") throw new LocalError("no_session");
  const spans = job.spans ?? [null];
  const exported: Exported[] = [];
  for (const [index, span] of spans.entries()) {
    exported.push(await exportPart(job, span, index + 1, spans.length));
  }
  job.signal.throwIfAborted();
  return exported;
}

async function exportPart(job: ExportJob, span: Span | null, part: number, parts: number): Promise<Exported> {
  const report = (phase: Phase, done: number, total: number | null): void => {
    if (!job.signal.aborted) job.onProgress({ phase, done, total, part, parts });
  };
  const onBytes = (done: number, total: number | null): void => {
    report("receiving", done, total);
  };
  const bytes = await (job.payload === null
    ? fetchPayload(job.origin, span, job.signal, onBytes)
    : ownPayload(job.payload, job.signal, onBytes));

  report("writing", 0, null);
  const result = await job.engine.export(
    bytes,
    { to: job.format, exportedAt: Date.now() },
    {
      signal: job.signal,
      onProgress: ({ done, total }) => {
        report("writing", done, total);
      },
    },
  );
  report("done", result.messages, result.messages);
  return toExported(result, span);
}

function toExported(result: ExportResult, span: Span | null): Exported {
  const name = span === null ? result.filename : partName(result.filename, span);
  return { file: new File([result.blob], name, { type: result.mediaType }), bytes: result.bytes, notices: result.notices };
}
