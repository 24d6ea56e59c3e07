/** What the element tells its host: typed events that bubble out of every shadow root. */
import type { Notice } from "../engine/protocol.ts";
import type { Format } from "./formats.ts";

/** `receiving` counts bytes, `fetching` those of what a format needs beside the engine, `writing` messages; `total` is null while it is not known. */
export type Phase = "receiving" | "fetching" | "writing" | "done";

export interface ExportStart {
  format: Format;
}
export interface ExportProgress {
  phase: Phase;
  done: number;
  total: number | null;
}
export interface ExportDone {
  format: Format;
  filename: string;
  bytes: number;
  notices: readonly Notice[];
}
export interface ExportFailed {
  code: string;
  message: string;
}

export class ExportStartEvent extends CustomEvent<ExportStart> {
  constructor(detail: ExportStart) {
    super("export-start", { detail, bubbles: true, composed: true });
  }
}

export class ExportProgressEvent extends CustomEvent<ExportProgress> {
  constructor(detail: ExportProgress) {
    super("export-progress", { detail, bubbles: true, composed: true });
  }
}

export class ExportDoneEvent extends CustomEvent<ExportDone> {
  constructor(detail: ExportDone) {
    super("export-done", { detail, bubbles: true, composed: true });
  }
}

export class ExportErrorEvent extends CustomEvent<ExportFailed> {
  constructor(detail: ExportFailed) {
    super("export-error", { detail, bubbles: true, composed: true });
  }
}

/** The person chose "Sign in again". A host that does so itself calls `preventDefault()`; else the token is asked for anew. */
export class ExportSignInEvent extends CustomEvent<null> {
  constructor() {
    super("export-sign-in", { detail: null, bubbles: true, composed: true, cancelable: true });
  }
}

declare global {
  // They bubble: whoever listens anywhere above hears the same types.
  interface HTMLElementEventMap {
    "export-start": ExportStartEvent;
    "export-progress": ExportProgressEvent;
    "export-done": ExportDoneEvent;
    "export-error": ExportErrorEvent;
    "export-sign-in": ExportSignInEvent;
  }
}
