/** One line that is typed and run: completion, history, and what is wrong said below it while it is written. */
import { h, icon } from "../../dom.ts";
import type { Words } from "../../element/words.ts";
import { ICONS } from "../icons.ts";
import { ariaOf, isMac } from "../keys.ts";
import type { Completion, Completions } from "./complete.ts";
import { LineHistory } from "./history.ts";
import { Listbox } from "./listbox.ts";
import type { LineError } from "./place.ts";
import { Said, type Verdict } from "./said.ts";

/** How long the hand rests until a line is judged; and until a line is that may just not be finished. */
const REST_MS = 250;
const PAUSE_MS = 1200;
/** What takes longer than this says that it is under way. */
const PATIENCE_MS = 400;

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
  readonly #said = new Said();
  readonly #waiting: string;
  readonly #history = new LineHistory();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #checking = false;
  #running = false;

  constructor(words: Words, meaning: Meaning) {
    const { t } = words;
    this.#meaning = meaning;
    this.#waiting = t("ui.loading");
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
      "aria-describedby": this.#said.ids,
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
        this.#said.hint,
        h("button", { type: "submit", class: "round", "aria-label": t("ui.line_run"), title: t("ui.line_run") }, icon(ICONS.run)),
        this.#list.root,
        this.#said.alert,
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

  /** Have the line judged when the hand rests. */
  #judge(): void {
    clearTimeout(this.#timer);
    if (this.#input.value.trim() === "") this.#tell({ error: null, hint: "" });
    if (!this.#running) this.#timer = setTimeout(() => void this.#check(), REST_MS);
  }

  /** One line at a time: what is typed meanwhile is judged next, and nothing between is. */
  async #check(): Promise<void> {
    if (this.#checking) return;
    const line = this.#input.value;
    const unchanged = (): boolean => this.#input.value === line && !this.#running;
    this.#checking = true;
    const verdict = await this.#meaning.check(line);
    this.#checking = false;
    if (!unchanged()) {
      if (this.#input.value !== line) this.#judge();
      return;
    }
    const unfinished = verdict.error !== null && (verdict.error.place?.end ?? 0) >= line.trimEnd().length;
    if (!unfinished) this.#tell(verdict);
    else this.#timer = setTimeout(() => { if (unchanged()) this.#tell(verdict); }, PAUSE_MS - REST_MS);
  }

  async #run(): Promise<void> {
    if (this.#running) return;
    const line = this.#input.value;
    this.#show(null);
    clearTimeout(this.#timer);
    this.#setRunning(true);
    const patience = setTimeout(() => { this.#tell({ error: null, hint: this.#waiting }); }, PATIENCE_MS);
    try {
      const done = await this.#meaning.run(line);
      if (typeof done === "string") {
        this.#history.add(line);
        // Unless something else is being written by now.
        if (this.#input.value === line) this.value = done;
        else this.#tell({ error: null, hint: "" });
      } else if (this.#input.value === line) {
        this.#tell({ error: done, hint: "" });
        if (done.place !== null && this.#input.matches(":focus")) this.#input.setSelectionRange(done.place.position, done.place.end);
      }
    } finally {
      clearTimeout(patience);
      this.#setRunning(false);
    }
  }

  #setRunning(running: boolean): void {
    this.#running = running;
    this.root.toggleAttribute("data-running", running);
    this.root.setAttribute("aria-busy", String(running));
  }

  #tell(verdict: Verdict): void {
    if (verdict.error === null) this.#input.removeAttribute("aria-invalid");
    else this.#input.setAttribute("aria-invalid", "true");
    this.#said.tell(verdict, this.#input.value);
  }
}
