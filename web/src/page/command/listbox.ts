/** The list of completions below a line: one of them may be active, and the focus stays in the line. */
import { fill, h } from "../../dom.ts";
import type { Words } from "../../element/words.ts";
import type { Completion, Completions } from "./complete.ts";

export class Listbox {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #onChoose: (item: Completion, completions: Completions) => void;
  #completions: Completions | null = null;
  #active = -1;

  constructor(words: Words, id: string, onChoose: (item: Completion, completions: Completions) => void) {
    this.#words = words;
    this.#onChoose = onChoose;
    this.root = h("ul", { id, role: "listbox", class: "completions", "aria-label": words.t("ui.completions"), hidden: true });
    // A press in the list must not take the focus out of the line.
    this.root.addEventListener("pointerdown", (event) => { event.preventDefault(); });
    this.root.addEventListener("mousedown", (event) => { event.preventDefault(); });
  }

  get isOpen(): boolean {
    return !this.root.hidden;
  }

  /** The id of the active completion, for `aria-activedescendant`. */
  get activeId(): string | null {
    return this.#active < 0 ? null : `${this.root.id}-${this.#active}`;
  }

  show(completions: Completions | null): void {
    this.#completions = completions;
    this.#active = -1;
    this.root.hidden = completions === null;
    fill(this.root, ...(completions?.items.map((item, index) => this.#option(item, index)) ?? []));
    this.root.scrollTop = 0;
  }

  /** Make the next one active, or the one before; beyond either end none is. */
  move(by: 1 | -1): void {
    const count = this.root.children.length;
    const next = this.#active + by;
    this.#active = next === -2 ? count - 1 : next === count ? -1 : next;
    for (const [index, option] of [...this.root.children].entries()) {
      option.setAttribute("aria-selected", String(index === this.#active));
      if (index === this.#active) option.scrollIntoView({ block: "nearest" });
    }
  }

  /** Take the active completion, else the first; false where there is none. */
  choose(): boolean {
    const item = this.#completions?.items[Math.max(0, this.#active)];
    if (item === undefined || this.#completions === null) return false;
    this.#onChoose(item, this.#completions);
    return true;
  }

  #option(item: Completion, index: number): HTMLElement {
    const choose = (): void => {
      this.#active = index;
      this.choose();
    };
    return h(
      "li",
      { id: `${this.root.id}-${index}`, role: "option", "aria-selected": "false", onclick: choose },
      h("code", {}, item.text.trim().replace("''", "'…'")),
      h("span", {}, this.#words.find(item.about) ?? ""),
    );
  }
}
