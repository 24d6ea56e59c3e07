/** What a session too long for one file can still be: all of it in parts, or a range of its messages. */
import { h } from "../dom.ts";
import { partsOf, rangeWithin, type Span } from "./spans.ts";
import type { Words } from "./words.ts";

export interface SpanChoice {
  root: HTMLFieldSetElement;
  value: () => Span[];
}

export function spanChoice(words: Words, count: number, limit: number): SpanChoice {
  const parts = partsOf({ from: 1, to: count }, limit);
  const all = h("input", { type: "radio", name: "span", id: "span-parts", value: "parts", checked: true });
  const some = h("input", { type: "radio", name: "span", id: "span-range", value: "range" });
  const choose = (): void => {
    some.checked = true;
  };
  const number = (id: string, value: number): HTMLInputElement =>
    h("input", { type: "number", id, class: "number", min: 1, max: count, step: 1, value, inputmode: "numeric", onfocus: choose, oninput: choose });
  const from = number("span-from", 1);
  const to = number("span-to", limit);
  return {
    root: h(
      "fieldset",
      { class: "formats" },
      h("legend", {}, words.t("ui.span")),
      h("div", { class: "card" }, all, h("label", { for: "span-parts", class: "name" }, words.t("ui.span_parts", { count: parts.length }))),
      h(
        "div",
        { class: "card" },
        some,
        h("label", { for: "span-range", class: "name" }, words.t("ui.span_range")),
        h(
          "p",
          { class: "range" },
          h("label", { for: "span-from" }, words.t("ui.span_from")),
          from,
          h("label", { for: "span-to" }, words.t("ui.span_to")),
          to,
        ),
      ),
    ),
    value: () => (some.checked ? partsOf(rangeWithin(from.valueAsNumber, to.valueAsNumber, count), limit) : parts),
  };
}
