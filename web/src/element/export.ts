/** One export from the session to finished files; one signal stops all of it, and nothing is saved here. */
import type { ExportResult, Failure, FileInfo, Notice, WriteRequest } from "../engine/protocol.ts";
import type { Phase } from "./events.ts";
import type { Extra } from "./extras.ts";
import type { SessionFile } from "./session-file.ts";
import { partName, type Span } from "./spans.ts";

export interface Progress {
  phase: Phase;
  done: number;
  total: number | null;
  /** Which file of how many; 1 of 1 but for an export in parts. */
  part: number;
  parts: number;
  /** What is said of it, where messages are not what counts. */
  line?: string;
}

export interface Exported {
  file: File;
  bytes: number;
  notices: Notice[];
  /** Of several sessions: those that are not in the file, and why. */
  failed: readonly NotWritten[];
}

export interface NotWritten {
  title: string | null;
  failure: Failure;
}

export interface ExportJob {
  file: SessionFile;
  request: WriteRequest;
  /** The parts to export, each a file of its own; null for the whole session in one. */
  spans: readonly Span[] | null;
  /** The file's name, exactly; the format's own when absent. */
  filename: string | undefined;
  /** Makes the files instead of the engine. */
  make?: Extra["make"] | undefined;
  onProgress: (progress: Progress) => void;
}

/** All files or none: an export in parts is handed over when its last part is written. */
export async function exportSession(job: ExportJob): Promise<Exported[]> {
  if (job.make !== undefined) return job.make({ ...job, request: job.file.about(job.request), signal: job.file.signal });
  if (job.spans === null) return [await exportPart(job, job.file, null, 1, 1)];
  const exported: Exported[] = [];
  for (const [index, span] of job.spans.entries()) {
    exported.push(await exportPart(job, job.file.part(span), span, index + 1, job.spans.length));
  }
  return exported;
}

async function exportPart(job: ExportJob, source: SessionFile, span: Span | null, part: number, parts: number): Promise<Exported> {
  const { signal } = source;
  const report = (phase: Phase, done: number, total: number | null): void => {
    if (!signal.aborted) job.onProgress({ phase, done, total, part, parts });
  };
  const file = await source.open((done, total) => {
    report("receiving", done, total);
  });
  signal.throwIfAborted();
  report("writing", 0, null);
  const result = await file.export(job.file.about(job.request), signal, ({ done, total, fetching }) => {
    report(fetching === true ? "fetching" : "writing", done, total);
  });
  if (span !== null) source.close();
  report("done", result.messages, result.messages);
  return toExported(result, file.info, span, job.filename);
}

function toExported(result: ExportResult, info: FileInfo, span: Span | null, filename: string | undefined): Exported {
  const whole = filename ?? result.filename;
  const name = span === null ? whole : partName(whole, span);
  const failed = (result.failed ?? []).map(({ session, ...failure }) => ({ title: info.sessions[session]?.title ?? null, failure }));
  return { file: new File([result.blob], name, { type: result.mediaType }), bytes: result.bytes, notices: result.notices, failed };
}
