/** Which messages by number: all, or from one to another. A session too long for one file is offered in parts instead of all at once. */
import { fill, h } from "../dom.ts";
import type { Selection } from "../engine/protocol.ts";
import { partsOf, rangeWithin, type Span } from "./spans.ts";
import type { Words } from "./words.ts";

export class RangeChoice {
  readonly root: HTMLFieldSetElement;
  readonly #words: Words;
  readonly #all: HTMLInputElement;
  readonly #some: HTMLInputElement;
  readonly #allLabel: HTMLLabelElement;
  readonly #from: HTMLInputElement;
  readonly #to: HTMLInputElement;
  #count: number | null = null;
  #limit: number | null = null;

  constructor(words: Words, given: Selection["range"] | null, onChange: () => void) {
    this.#words = words;
    this.#all = h("input", { type: "radio", name: "span", id: "span-all", value: "all", checked: true, onchange: onChange });
    this.#some = h("input", { type: "radio", name: "span", id: "span-range", value: "range", onchange: onChange });
    this.#allLabel = h("label", { for: "span-all", class: "name" }, words.t("ui.span_all"));
    const choose = (): void => {
      this.#some.checked = true;
      onChange();
    };
    const number = (id: string): HTMLInputElement =>
      h("input", { type: "number", id, class: "control number", min: 1, step: 1, inputmode: "numeric", oninput: choose });
    this.#from = number("span-from");
    this.#to = number("span-to");
    if (given != null) {
      this.#some.checked = true;
      this.#from.value = String(given[0] ?? 1);
      this.#to.value = given[1] === null ? "" : String(given[1]);
    }
    this.root = h(
      "fieldset",
      { class: "group" },
      h("legend", {}, words.t("ui.span")),
      h("div", { class: "check" }, this.#all, this.#allLabel),
      h(
        "div",
        { class: "check range" },
        this.#some,
        h("label", { for: "span-range", class: "name" }, words.t("ui.span_range")),
        h("span", { class: "ends" }, h("label", { for: "span-from" }, words.t("ui.span_from")), this.#from, h("label", { for: "span-to" }, words.t("ui.span_to")), this.#to),
      ),
    );
  }

  /** How many messages there are, once that is known. */
  count(count: number): void {
    if (this.#count === count) return;
    this.#count = count;
    this.#bound(count);
    if (this.#limit === null) fill(this.#allLabel, this.#words.t("ui.span_all_of", { count }));
  }

  /** From now on the session is known to be too long for one file. */
  tooLong(count: number, limit: number): void {
    this.#count = count;
    this.#limit = limit;
    this.#bound(Math.min(limit, count));
    for (const input of [this.#from, this.#to]) input.max = String(count);
    fill(this.#allLabel, this.#words.t("ui.span_parts", { count: partsOf({ from: 1, to: count }, limit).length }));
  }

  /** The range that is asked for; null for all. */
  range(): readonly [number, number] | null {
    if (!this.#some.checked) return null;
    const { from, to } = rangeWithin(this.#from.valueAsNumber, this.#to.valueAsNumber, this.#count ?? Number.MAX_SAFE_INTEGER);
    return [from, to];
  }

  /** The parts to fetch, each a file of its own, where one file is not enough; else null. */
  parts(): Span[] | null {
    if (this.#limit === null || this.#count === null) return null;
    const [from, to] = this.range() ?? [1, this.#count];
    return partsOf({ from, to }, this.#limit);
  }

  #bound(to: number): void {
    for (const input of [this.#from, this.#to]) input.max = String(to);
    if (this.#from.value === "") this.#from.value = "1";
    if (this.#to.value === "") this.#to.value = String(to);
  }
}
