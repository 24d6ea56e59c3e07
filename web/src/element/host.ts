/** What an export has around it: the element, and who asks for one without a dialog. */
import type { OptionValues, Selection } from "../engine/protocol.ts";
import type { Format } from "./formats.ts";
import type { Source } from "./session-file.ts";
import type { Hearer } from "./telling.ts";

/** Where the last format is remembered, where a host names no other place. */
export const STORAGE_KEY = "hapi.sessionExportFormat";

/** What an export needs of the element around it. */
export interface Host extends Hearer {
  readonly storageKey: string;
  readonly source: Source;
  /** What the dialog starts from. */
  readonly selection: Selection | null;
  /** The kinds of formats to offer; null is all. */
  readonly kinds: readonly string[] | null;
  /** What gets the focus where nothing had it before. */
  readonly button: HTMLElement | null;
}

/** An export without a dialog: what the element's `exportNow()` takes. */
export interface ExportNow {
  format: Format;
  options?: OptionValues;
  selection?: Selection | null;
  /** The file's name, exactly; the format's own when absent. */
  filename?: string;
}
