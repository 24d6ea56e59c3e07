/** What the engine says of a filter, as a sentence about the line that it stands in. */
import { filterSentence } from "../../element/filter-error.ts";
import { EngineError } from "../../engine/protocol.ts";
import type { Words } from "../../element/words.ts";
import type { Filter } from "./parse.ts";
import { indexOfCodePoint, type LineError } from "./place.ts";

/** The sentence and the place, or null for an error that is not the filter's. */
export function filterError(error: unknown, filter: Filter, line: string, words: Words): LineError | null {
  if (!(error instanceof EngineError) || error.code !== "invalid_filter") return null;
  const position = filter.at + indexOfCodePoint(filter.text, Number(error.params["position"]));
  const ended = position >= filter.at + filter.text.length;
  const found = ended ? "" : String.fromCodePoint(line.codePointAt(position) ?? 0x20);
  // The sentence counts characters from the line's beginning, for it is the line that one sees.
  const params = { ...error.params, position: Array.from(line.slice(0, position)).length, found };
  return { message: filterSentence({ code: error.code, where: error.where, params }, words), place: { position, end: position + found.length } };
}

/** Whether a filter asks what lies in the model's context, which is an estimate: the letter `o`, outside quotes and units. */
export function asksForTheContext(filter: string): boolean {
  const letters = filter.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\d\s*mo/gsi, "");
  return /o/i.test(letters);
}
