/** The export dialog: choose, watch, read what happened. It shows states and reports wishes; the element does the work. */
import { fill, h, icon } from "../dom.ts";
import type { Notice } from "../engine/protocol.ts";
import type { Failure } from "./errors.ts";
import type { Progress } from "./export.ts";
import { formatCards, type FormatCards } from "./format-cards.ts";
import type { Format } from "./formats.ts";
import { ICONS } from "./icons.ts";
import { ProgressView } from "./progress.ts";
import { spanChoice, type SpanChoice } from "./span-choice.ts";
import type { Span } from "./spans.ts";
import type { Words } from "./words.ts";

export type State =
  | { step: "choose" }
  | { step: "busy" }
  | { step: "failed"; failure: Failure }
  | { step: "ready"; names: readonly string[] }
  | { step: "done"; names: readonly string[]; notices: readonly Notice[] };

export interface Choice {
  format: Format;
  spans: readonly Span[] | null;
}

export interface Wishes {
  onExport: (choice: Choice) => void;
  onSignIn: (choice: Choice) => void;
  onShare: () => void;
  /** Closed, by whatever way: what runs must stop. */
  onClose: () => void;
}

export class ExportDialog {
  readonly root: HTMLDialogElement;
  readonly #wishes: Wishes;
  #words!: Words;
  #state: State = { step: "choose" };
  #formats!: FormatCards;
  #spans: SpanChoice | null = null;
  #progress!: ProgressView;
  #spanSlot!: HTMLElement;
  #message!: HTMLElement;
  #outcome!: HTMLElement;
  #lead!: HTMLElement;
  #cancel!: HTMLButtonElement;
  #primary!: HTMLButtonElement;

  constructor(wishes: Wishes) {
    this.#wishes = wishes;
    this.root = h("dialog", { part: "dialog", class: "dialog", "aria-labelledby": "title", "aria-describedby": "lead" });
    this.root.addEventListener("close", () => {
      this.#wishes.onClose();
    });
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** Open anew, in these words and with this format chosen. */
  open(words: Words, format: Format): void {
    this.#words = words;
    this.#spans = null;
    this.#build(format);
    this.show({ step: "choose" });
    if (!this.root.open) this.root.showModal();
    this.#formats.focus();
  }

  close(): void {
    if (this.root.open) this.root.close();
  }

  progress(progress: Progress): void {
    this.#progress.show(progress);
  }

  show(state: State): void {
    this.#state = state;
    const { step } = state;
    const choosing = step === "choose" || step === "failed";
    const tooLong = step === "failed" && state.failure.remedy === "parts";
    if (tooLong) this.#spans = spanChoice(this.#words, state.failure.count, state.failure.limit);

    this.root.dataset["step"] = step;
    this.#lead.hidden = !choosing || tooLong;
    this.#formats.root.hidden = !choosing && step !== "busy";
    this.#formats.root.disabled = !choosing;
    fill(this.#spanSlot, choosing && this.#spans?.root);
    this.#progress.toggle(step === "busy");
    fill(this.#message, step === "failed" && h("p", { class: tooLong ? "message" : "message bad" }, icon(ICONS.alert), h("span", {}, state.failure.message)));
    fill(this.#outcome, ...this.#outcomeOf(state));
    this.#buttons(state);
  }

  /** Put the focus where the state wants it; not while a person is still reading or choosing. */
  focusNext(): void {
    if (this.#state.step === "busy") this.#cancel.focus();
    else if (!this.#primary.hidden) this.#primary.focus();
    else this.#cancel.focus();
  }

  #build(format: Format): void {
    const { t } = this.#words;
    this.#formats = formatCards(this.#words, format, () => {
      // The error belonged to the other format.
      if (this.#state.step === "failed" && this.#state.failure.remedy !== "parts") this.show({ step: "choose" });
    });
    this.#progress = new ProgressView(this.#words);
    this.#spanSlot = h("div", { class: "spans" });
    this.#message = h("div", { role: "alert" });
    this.#outcome = h("div", { class: "outcome", role: "status" });
    this.#lead = h("p", { id: "lead", class: "lead" }, t("ui.export_lead"));
    this.#cancel = h("button", { type: "button", class: "button", onclick: this.#dismiss });
    this.#primary = h("button", { type: "submit", class: "button primary" });
    fill(
      this.root,
      h(
        "form",
        { class: "form", novalidate: true, onsubmit: this.#submit },
        h(
          "header",
          { class: "head" },
          h("h2", { id: "title", class: "title" }, t("ui.export")),
          h("button", { type: "button", class: "close", "aria-label": t("ui.close"), onclick: this.#dismiss }, icon(ICONS.close)),
        ),
        h(
          "div",
          { class: "body", tabindex: 0 },
          this.#lead,
          this.#message,
          this.#formats.root,
          this.#spanSlot,
          this.#progress.root,
          this.#outcome,
        ),
        h("footer", { class: "foot" }, this.#cancel, this.#primary),
      ),
    );
  }

  #outcomeOf(state: State): (Node | false)[] {
    const { t } = this.#words;
    if (state.step === "ready") return [this.#headline(state.names, "ui.ready"), h("p", { class: "lead" }, t("ui.ready_lead"))];
    if (state.step !== "done") return [];
    const lines = state.notices.map((notice) => h("li", {}, sentenceOf(notice, this.#words)));
    return [
      this.#headline(state.names, "ui.saved"),
      lines.length > 0 && h("h3", { class: "subtitle" }, t("ui.notices")),
      lines.length > 0 && h("ul", { class: "notices" }, ...lines),
    ];
  }

  #headline(names: readonly string[], key: "ui.ready" | "ui.saved"): HTMLElement {
    const { t } = this.#words;
    const [name = ""] = names;
    const text = names.length === 1 ? t(key, { filename: name }) : t(`${key}_files`, { count: names.length });
    return h("p", { class: "headline" }, icon(ICONS.check), h("span", {}, text));
  }

  #buttons(state: State): void {
    const { t } = this.#words;
    const hopeless = state.step === "failed" && state.failure.remedy === "none";
    this.#cancel.textContent = t(hopeless ? "ui.close" : "ui.cancel");
    this.#cancel.hidden = state.step === "done";
    this.#primary.hidden = hopeless;
    this.#primary.disabled = state.step === "busy";
    this.#primary.textContent = t(primaryLabel(state));
  }

  readonly #dismiss = (): void => {
    this.close();
  };

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    const choice: Choice = { format: this.#formats.value(), spans: this.#spans?.value() ?? null };
    if (this.#state.step === "done") this.close();
    else if (this.#state.step === "ready") this.#wishes.onShare();
    else if (this.#state.step === "failed" && this.#state.failure.remedy === "sign-in") this.#wishes.onSignIn(choice);
    else if (this.#state.step !== "busy") this.#wishes.onExport(choice);
  };
}

/** A notice as one line; one that no locale file knows shows its code rather than nothing. */
export function sentenceOf(notice: Notice, words: Words): string {
  return words.find(`notice.${notice.code}`, { ...notice.params, count: notice.count }) ?? `${notice.code}: ${notice.count}`;
}

function primaryLabel(state: State): "ui.download" | "ui.exporting" | "ui.retry" | "ui.sign_in" | "ui.save_share" | "ui.done" {
  switch (state.step) {
    case "choose":
      return "ui.download";
    case "busy":
      return "ui.exporting";
    case "ready":
      return "ui.save_share";
    case "done":
      return "ui.done";
    case "failed":
      if (state.failure.remedy === "sign-in") return "ui.sign_in";
      return state.failure.remedy === "parts" ? "ui.download" : "ui.retry";
  }
}
