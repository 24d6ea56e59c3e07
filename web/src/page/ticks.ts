/** The boxes of a list's rows, and the bar that says how many are ticked and exports them. */
import { h, icon } from "../dom.ts";
import type { SessionExportMenu } from "../element/session-export-menu.ts";
import type { App } from "./app.ts";
import { ICONS } from "./icons.ts";

export class Ticks<Key> {
  readonly bar: HTMLElement;
  readonly #app: App;
  readonly #onChange: () => void;
  readonly #ticked = new Set<Key>();
  readonly #boxes = new Map<Key, HTMLInputElement>();
  readonly #count = h("p", { role: "status" });

  /** @param menu - Exports what is ticked; `choose` tells it what that is. */
  constructor(app: App, menu: SessionExportMenu, choose: (ticked: readonly Key[]) => void, onChange: () => void = () => undefined) {
    const { t } = app.words;
    this.#app = app;
    this.#onChange = onChange;
    menu.classList.add("bare");
    const open = (): void => {
      choose([...this.#ticked]);
      menu.open();
    };
    const button = h("button", { type: "button", class: "button primary", onclick: open }, icon(ICONS.mark), t("ui.export_ticked"));
    // The engine starts while the hand is on its way.
    button.addEventListener("pointerenter", () => { menu.prepare(); });
    this.bar = h(
      "section",
      { class: "tick-bar", "aria-label": t("ui.ticked_bar"), hidden: true },
      this.#count,
      h("button", { type: "button", class: "button", onclick: () => { this.set([...this.#ticked], false); } }, t("ui.untick")),
      button,
      menu,
    );
  }

  get size(): number {
    return this.#ticked.size;
  }

  has(key: Key): boolean {
    return this.#ticked.has(key);
  }

  /** A box for one session's row. */
  box(key: Key): HTMLInputElement {
    const box = h("input", { type: "checkbox", checked: this.#ticked.has(key), onchange: () => { this.set([key], box.checked); } });
    this.#boxes.set(key, box);
    return box;
  }

  /** Tick these, or not. */
  set(keys: readonly Key[], ticked: boolean): void {
    for (const key of keys) {
      if (ticked) this.#ticked.add(key);
      else this.#ticked.delete(key);
      const box = this.#boxes.get(key);
      if (box !== undefined) box.checked = ticked;
    }
    this.bar.hidden = this.#ticked.size === 0;
    this.#count.textContent = this.#app.words.t("ui.ticked", { count: this.#ticked.size });
    this.#onChange();
  }
}
