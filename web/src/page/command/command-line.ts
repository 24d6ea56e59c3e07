/** One line that is typed and run: completion, history, and what is wrong said below it while it is written. */
import { fill, h, icon } from "../../dom.ts";
import type { Words } from "../../element/words.ts";
import { ICONS } from "../icons.ts";
import { ariaOf, isMac } from "../keys.ts";
import type { Completion, Completions } from "./complete.ts";
import { LineHistory } from "./history.ts";
import { Listbox } from "./listbox.ts";
import { excerpt, type LineError } from "./place.ts";

/** How long the hand rests until a line is judged; and until a line is that may just not be finished. */
const REST_MS = 250;
const PAUSE_MS = 1200;

export interface Verdict {
  error: LineError | null;
  /** What the line would do, where nothing is wrong. */
  hint: string;
}

/** What a line means: its owner knows. */
export interface Meaning {
  complete: (line: string, caret: number) => Completions | null;
  /** Judge a line that is still being written. */
  check: (line: string) => Promise<Verdict>;
  /** Do it. What is wrong with it, or the text that stays in the line. */
  run: (line: string) => Promise<LineError | string>;
}

export class CommandLine {
  readonly root: HTMLFormElement;
  readonly #meaning: Meaning;
  readonly #input: HTMLInputElement;
  readonly #list: Listbox;
  readonly #alert = h("div", { id: "line-error", role: "alert", class: "line-alert" });
  readonly #hint = h("p", { id: "line-hint", role: "status", class: "line-hint" });
  readonly #history = new LineHistory();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;

  constructor(words: Words, meaning: Meaning) {
    const { t } = words;
    this.#meaning = meaning;
    this.#list = new Listbox(words, "line-completions", this.#take);
    this.#input = h("input", {
      type: "text",
      role: "combobox",
      class: "line-input",
      "data-command-line": true,
      "aria-label": t("ui.command_line"),
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.#list.root.id,
      "aria-describedby": "line-error line-hint",
      "aria-keyshortcuts": ariaOf("line", isMac()),
      placeholder: t("ui.line_placeholder"),
      enterkeyhint: "go",
      autocomplete: "off",
      autocapitalize: "none",
      autocorrect: "off",
      spellcheck: "false",
      dir: "auto",
      oninput: this.#edited,
      onclick: () => { if (this.#input.value === "") this.#offer(); },
      onkeydown: (event) => { this.#onKey(event as KeyboardEvent); },
      onblur: () => { this.#show(null); },
    });
    this.root = h(
      "form",
      { class: "line", novalidate: true, onsubmit: (event) => { event.preventDefault(); void this.#run(); } },
      h(
        "div",
        { class: "line-field" },
        icon(ICONS.shell),
        this.#input,
        this.#hint,
        h("button", { type: "submit", class: "round", "aria-label": t("ui.line_run"), title: t("ui.line_run") }, icon(ICONS.run)),
        this.#list.root,
        this.#alert,
      ),
    );
  }

  get value(): string {
    return this.#input.value;
  }
  set value(line: string) {
    this.#input.value = line;
    clearTimeout(this.#timer);
    this.#tell({ error: null, hint: "" });
  }

  focus(): void {
    this.#input.focus();
    this.#input.setSelectionRange(this.#input.value.length, this.#input.value.length);
  }

  leave(): void {
    clearTimeout(this.#timer);
  }

  readonly #edited = (): void => {
    this.#history.leave();
    this.#offer();
    this.#judge();
  };

  #offer(): void {
    this.#show(this.#meaning.complete(this.#input.value, this.#input.selectionStart ?? this.#input.value.length));
  }

  #show(completions: Completions | null): void {
    this.#list.show(completions);
    this.#pointAt();
  }

  /** Tell assistive technology whether the list is there, and which of it is active. */
  #pointAt(): void {
    const { activeId } = this.#list;
    this.#input.setAttribute("aria-expanded", String(this.#list.isOpen));
    if (activeId === null) this.#input.removeAttribute("aria-activedescendant");
    else this.#input.setAttribute("aria-activedescendant", activeId);
  }

  readonly #take = (item: Completion, { from, to }: Completions): void => {
    this.#input.setRangeText(item.text, from, to, "end");
    const caret = from + item.text.length - item.back;
    this.#input.setSelectionRange(caret, caret);
    this.#edited();
  };

  #onKey(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    const done =
      (key === "ArrowDown" && this.#down(event.altKey)) ||
      (key === "ArrowUp" && this.#up()) ||
      (key === "Enter" && this.#list.activeId !== null && this.#list.choose()) ||
      (key === "Tab" && !event.shiftKey && this.#completes()) ||
      (key === "Escape" && this.#escape());
    if (done) event.preventDefault();
  }

  #down(ask: boolean): boolean {
    if (this.#history.browsing) return this.#recall(this.#history.newer());
    if (!this.#list.isOpen || ask) this.#offer();
    if (this.#list.isOpen && !ask) this.#list.move(1);
    this.#pointAt();
    return true;
  }

  #up(): boolean {
    if (this.#list.activeId === null) return this.#recall(this.#history.older(this.#input.value));
    this.#list.move(-1);
    this.#pointAt();
    return true;
  }

  /** Tab takes what is active, or completes a word that is begun; else it goes on, as it does everywhere. */
  #completes(): boolean {
    const begun = /\S$/.test(this.#input.value.slice(0, this.#input.selectionStart ?? 0));
    return this.#list.isOpen && (begun || this.#list.activeId !== null) && this.#list.choose();
  }

  #escape(): boolean {
    if (!this.#list.isOpen) return false;
    this.#show(null);
    return true;
  }

  #recall(line: string | null): boolean {
    if (line !== null) {
      this.#input.value = line;
      this.#input.setSelectionRange(line.length, line.length);
      this.#judge();
    }
    this.#show(null);
    return true;
  }

  #judge(): void {
    const line = this.#input.value;
    const unchanged = (): boolean => this.#input.value === line && !this.#running;
    clearTimeout(this.#timer);
    if (line.trim() === "") this.#tell({ error: null, hint: "" });
    if (this.#running) return;
    this.#timer = setTimeout(() => void this.#meaning.check(line).then((verdict) => {
      if (!unchanged()) return;
      const unfinished = verdict.error !== null && (verdict.error.place?.end ?? 0) >= line.trimEnd().length;
      if (!unfinished) this.#tell(verdict);
      else this.#timer = setTimeout(() => { if (unchanged()) this.#tell(verdict); }, PAUSE_MS - REST_MS);
    }), REST_MS);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    const line = this.#input.value;
    this.#show(null);
    clearTimeout(this.#timer);
    this.#setRunning(true);
    try {
      const done = await this.#meaning.run(line);
      if (typeof done === "string") {
        this.#history.add(line);
        // Unless something else is being written by now.
        if (this.#input.value === line) this.value = done;
      } else if (this.#input.value === line) {
        this.#tell({ error: done, hint: "" });
        if (done.place !== null && this.#input.matches(":focus")) this.#input.setSelectionRange(done.place.position, done.place.end);
      }
    } finally {
      this.#setRunning(false);
    }
  }

  #setRunning(running: boolean): void {
    this.#running = running;
    this.root.toggleAttribute("data-running", running);
    this.root.setAttribute("aria-busy", String(running));
  }

  #tell({ error, hint }: Verdict): void {
    const message = error?.message ?? "";
    if (error === null) this.#input.removeAttribute("aria-invalid");
    else this.#input.setAttribute("aria-invalid", "true");
    if (this.#hint.textContent !== hint) this.#hint.textContent = hint;
    // The same sentence is not said twice.
    if (this.#alert.dataset["said"] === message && (error === null || this.#alert.dataset["line"] === this.#input.value)) return;
    this.#alert.dataset["said"] = message;
    this.#alert.dataset["line"] = this.#input.value;
    fill(this.#alert, ...(error === null ? [] : [this.#errorLine(error)]));
  }

  /** The sentence, and the line with the place marked, which the sentence names for those who do not see it. */
  #errorLine({ message, place }: LineError): HTMLElement {
    const [before, wrong, after] = place === null ? ["", "", ""] : excerpt(this.#input.value, place);
    return h(
      "p",
      { class: "line-error" },
      icon(ICONS.alert),
      h("span", {}, message),
      place !== null && h("code", { class: "line-place", "aria-hidden": "true", dir: "ltr" }, before, h("mark", {}, wrong === "" ? " " : wrong), after),
    );
  }
}
