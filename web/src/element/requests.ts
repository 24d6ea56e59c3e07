/** What is asked of the engine for what was chosen in the dialog. */
import type { Redaction, WriteRequest } from "../engine/protocol.ts";
import type { Choice } from "./dialog-state.ts";
import type { Settler } from "./settling.ts";

/** The document that is exported. @param pattern How files are named, where a person has chosen that. */
export function requestOf({ format, options, select, sessions, together = false }: Choice, redact: Redaction | undefined, pattern: string | undefined): WriteRequest {
  return { to: format, options, select, ...(pattern !== undefined && { pattern }), ...(sessions !== undefined && { sessions }), ...(together && { together }), ...(redact !== undefined && { redact }) };
}

/** The document that is previewed. */
export function lookOf(choice: Choice, settler: Settler, pattern: string | undefined): WriteRequest {
  return requestOf(choice, settler.forPreview(choice), pattern);
}

/** The patterns to try on what is previewed where nothing is hidden there yet. */
export function patternsOf({ hiding }: Choice): readonly string[] {
  return hiding.mode === "ask" ? hiding.patterns : [];
}

/** What lies beside a document cannot be pasted: the text names it, as it does where nobody asks for more. */
export function asText({ images, ...options }: Choice["options"]): Choice["options"] {
  return images === undefined || images === "folder" ? options : { ...options, images };
}
