/** Settings from a file or from the server: what they would change, row by row; applied, and undone. */
import { fill, h } from "../../dom.ts";
import type { SettingsDocument } from "../../engine/protocol.ts";
import { keptSettings, putSettings, type Settings } from "./kept-settings.ts";
import { sentenceOf } from "./sentence.ts";
import { changes } from "./settings-rows.ts";
import type { Words } from "../words.ts";

/** Larger than any settings are; the engine refuses more. */
export const MOST_BYTES = 65_536;

export class RestoreView {
  readonly root = h("div", { class: "restore" });
  readonly #key: string;
  readonly #settings: Settings;
  readonly #said = h("p", { role: "status", class: "restore-said", tabindex: -1 });
  #words: Words;
  #onApplied: (applied: boolean) => void;
  /** Shows once more what is shown, in the words of now. */
  #again: () => void = () => undefined;

  /** @param onApplied Told when they hold, and when that was undone. */
  constructor(words: Words, key: string, { settings, notices }: SettingsDocument, onApplied: (applied: boolean) => void = () => undefined) {
    this.#words = words;
    this.#key = key;
    this.#settings = settings;
    this.#onApplied = onApplied;
    this.#offer(notices.map((notice) => h("p", { class: "about" }, sentenceOf(notice, words))));
  }

  /** Go on in other words, and tell another. */
  speak(words: Words, onApplied: (applied: boolean) => void): void {
    this.#words = words;
    this.#onApplied = onApplied;
    this.#again();
  }

  #offer(notices: readonly HTMLElement[]): void {
    const { t } = this.#words;
    const found = changes(keptSettings(this.#key), this.#settings, this.#words);
    if (found.length === 0) {
      fill(this.root, h("p", { role: "status" }, t("ui.settings_same")), ...notices);
      return;
    }
    const head = [t("ui.settings_name"), t("ui.settings_before"), t("ui.settings_after")].map((name) => h("th", { scope: "col" }, name));
    const rows = found.map(({ name, before, after }) =>
      h("tr", {}, h("th", { scope: "row" }, name), cell(t("ui.settings_before"), before ?? t("ui.settings_unset"), "old"), cell(t("ui.settings_after"), after, "new")));
    fill(
      this.root,
      h("table", { class: "changes" }, h("caption", {}, t("ui.settings_changes", { count: found.length })), h("thead", {}, h("tr", {}, ...head)), h("tbody", {}, ...rows)),
      ...notices,
      h("button", { type: "button", class: "button primary", onclick: () => { this.#apply(found.length); } }, t("ui.settings_apply")),
    );
  }

  #apply(count: number): void {
    const undo = putSettings(this.#key, this.#settings);
    this.#show(() => {
      const back = h("button", { type: "button", class: "button", onclick: () => {
        undo();
        this.#show(() => { this.#undone(); });
        this.#onApplied(false);
      } }, this.#words.t("ui.settings_undo"));
      fill(this.root, this.#said, back);
      this.#say(this.#words.t("ui.settings_applied", { count }));
    });
    this.#onApplied(true);
  }

  #undone(): void {
    this.#offer([]);
    this.root.prepend(this.#said);
    this.#say(this.#words.t("ui.settings_undone"));
  }

  #show(what: () => void): void {
    this.#again = what;
    what();
  }

  /** The button that was pressed is gone: the focus must not be lost with it. */
  #say(sentence: string): void {
    this.#said.textContent = sentence;
    this.#said.focus();
  }
}

/** A narrow screen shows rows as blocks, each value with the name of its column. */
function cell(column: string, value: string, kind: string): HTMLElement {
  return h("td", { class: kind, "data-column": column }, h("bdi", {}, value));
}
