/** Which messages by number: all, or from one to another. A session too long for one file is offered in parts instead of all at once. */
import { fill, h } from "../dom.ts";
import type { Selection } from "../engine/protocol.ts";
import { partsOf, rangeWithin, type Span } from "./spans.ts";
import type { Words } from "./words.ts";

const ALL = "all";
const SOME = "range";

export class RangeChoice {
  readonly root: HTMLFieldSetElement;
  readonly #words: Words;
  readonly #kind: HTMLSelectElement;
  readonly #all: HTMLOptionElement;
  readonly #from: HTMLInputElement;
  readonly #to: HTMLInputElement;
  /** Why several parts are not copied. */
  readonly #note = h("p", { id: "copy-note", class: "about" });
  #count: number | null = null;
  #limit: number | null = null;

  constructor(words: Words, given: Selection["range"] | null, onChange: () => void) {
    const { t } = words;
    this.#words = words;
    this.#all = h("option", { value: ALL }, t("ui.span_all"));
    this.#kind = h("select", { class: "control", "aria-label": t("ui.span"), onchange: onChange }, this.#all, h("option", { value: SOME }, t("ui.span_range")));
    const number = (id: string): HTMLInputElement =>
      h("input", {
        type: "number",
        id,
        class: "control number",
        min: 1,
        step: 1,
        inputmode: "numeric",
        oninput: () => {
          this.#kind.value = SOME;
          onChange();
        },
      });
    this.#from = number("span-from");
    this.#to = number("span-to");
    if (given != null) {
      this.#kind.value = SOME;
      this.#from.value = String(given[0] ?? 1);
      this.#to.value = given[1] === null ? "" : String(given[1]);
    }
    this.root = h(
      "fieldset",
      { class: "group" },
      h("legend", {}, t("ui.span")),
      h(
        "div",
        { class: "range" },
        this.#kind,
        h("span", { class: "ends" }, h("label", { for: "span-from" }, t("ui.span_from")), this.#from, h("label", { for: "span-to" }, t("ui.span_to")), this.#to),
      ),
      this.#note,
    );
  }

  /** How many messages there are, once that is known: so many to count, and so many to see. */
  count(count: number, seen: number): void {
    if (this.#count === count) return;
    this.#count = count;
    this.#bound(count, count);
    if (this.#limit === null && count === seen) fill(this.#all, this.#words.t("ui.span_all_of", { count }));
  }

  /** From now on the session is known to be too long for one file. */
  tooLong(count: number, limit: number): void {
    this.#count = count;
    this.#limit = limit;
    this.#bound(count, Math.min(limit, count));
    fill(this.#all, this.#words.t("ui.span_parts", { count: partsOf({ from: 1, to: count }, limit).length }));
  }

  /** The range that is asked for; null for all. */
  range(): readonly [number, number] | null {
    if (this.#kind.value === ALL) return null;
    const { from, to } = rangeWithin(this.#from.valueAsNumber, this.#to.valueAsNumber, this.#count ?? Number.MAX_SAFE_INTEGER);
    return [from, to];
  }

  /** The parts to fetch, each a file of its own, where one file is not enough; else null. */
  parts(): Span[] | null {
    if (this.#limit === null || this.#count === null) return null;
    const [from, to] = this.range() ?? [1, this.#count];
    return partsOf({ from, to }, this.#limit);
  }

  /** Whether what is asked for are several files, which no clipboard holds; it is said here why. */
  several(): boolean {
    const several = (this.parts()?.length ?? 1) > 1;
    fill(this.#note, several && this.#words.t("ui.copy_one_part", { count: this.#limit ?? 0 }));
    this.#note.hidden = !several;
    return several;
  }

  #bound(most: number, to: number): void {
    for (const input of [this.#from, this.#to]) input.max = String(most);
    if (this.#from.value === "") this.#from.value = "1";
    if (this.#to.value === "") this.#to.value = String(to);
  }
}
