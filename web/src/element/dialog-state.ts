/** What the dialog can be in, what is chosen in it, and what it wishes. */
import type { Notice, OptionValues, Selection } from "../engine/protocol.ts";
import type { Failure } from "./errors.ts";
import type { NotWritten } from "./export.ts";
import type { Format } from "./formats.ts";
import type { Hiding } from "./redaction.ts";
import type { Answer, Purpose } from "./settling.ts";
import type { Span } from "./spans.ts";

export type State =
  | { step: "choose" }
  | { step: "busy" }
  | { step: "failed"; failure: Failure }
  | { step: "ask"; view: Asking; purpose: Purpose; answer: (answer: Answer) => void }
  | ({ step: "ready"; asText: boolean } & Outcome)
  | ({ step: "done"; bytes: number; failed: readonly NotWritten[]; refused: boolean } & Outcome);

/** What is told of finished files. */
export interface Outcome {
  names: readonly string[];
  notices: readonly Notice[];
  /** Show what was hidden in them. */
  onSee: () => void;
}

/** What is asked about, with the style that it needs. */
export interface Asking {
  readonly root: HTMLElement;
  readonly style: string;
  focus: () => void;
}

export interface Choice {
  format: Format;
  options: OptionValues;
  select: Selection;
  spans: readonly Span[] | null;
  hiding: Hiding;
  /** Of several sessions: one document instead of a zip. */
  together?: boolean;
}

export interface Wishes {
  onExport: (choice: Choice) => void;
  /** To a place that is picked first. */
  onSaveAs: (choice: Choice) => void;
  onCopy: (choice: Choice) => void;
  onSignIn: (choice: Choice) => void;
  onShare: () => void;
  /** Something was chosen: the preview is of something else now. */
  onChoice: (choice: Choice) => void;
  onMore: (choice: Choice) => void;
  /** What is hidden was chosen anew. */
  onHiding: (hiding: Hiding) => void;
  /** The options that were chosen for a format the last time. */
  remembered: (format: Format) => OptionValues;
  /** Closed, by whatever way: what runs must stop. */
  onClose: () => void;
}
