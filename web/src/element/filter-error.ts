/** What is wrong with a filter, as a sentence and as a place in it. */
import { h } from "../dom.ts";
import type { Failure } from "../engine/protocol.ts";
import type { Words } from "./words.ts";

/** The sentence of `py_export.errors.InvalidFilter`. */
export function filterSentence({ params, code }: Failure, { find, t }: Words): string {
  const found = String(params["found"] ?? "");
  const reason = find(`filter.${params["reason"] ?? ""}`) ?? "";
  const key = found.trim() === "" ? "filter.ended" : "error.invalid_filter";
  return find(key, { place: Number(params["position"] ?? 0) + 1, found, reason }) ?? t("ui.error_converter", { code });
}

/** The filter with the character marked that is wrong; positions count code points. */
export function filterMark(text: string, { params }: Failure): HTMLElement {
  const letters = Array.from(text);
  const position = Number(params["position"] ?? 0);
  const [before, wrong, after] = [letters.slice(0, position), letters[position] ?? " ", letters.slice(position + 1)];
  return h("code", { "aria-hidden": "true" }, before.join(""), h("mark", {}, wrong), after.join(""));
}
