/** The export dialog: choose, look, watch, read what happened. It shows states and reports wishes; the exporter does the work. */
import { fill, h, icon } from "../dom.ts";
import type { Failure as EngineFailure, Preview, Selection, SessionInfo } from "../engine/protocol.ts";
import { formatBytes } from "../format.ts";
import { DIALOG_STYLE } from "./dialog-styles.ts";
import { dialogFrame, type DialogFrame } from "./dialog-frame.ts";
import type { Asking, Choice, State, Wishes } from "./dialog-state.ts";
import type { Progress } from "./export.ts";
import { formatCards, type FormatCards } from "./format-cards.ts";
import type { Format } from "./formats.ts";
import { ICONS } from "./icons.ts";
import { OptionForm } from "./option-form.ts";
import { outcomeOf } from "./outcome.ts";
import { hasPicker } from "./picker.ts";
import { PreviewPane } from "./preview.ts";
import { ProgressView } from "./progress.ts";
import { RangeChoice } from "./range-choice.ts";
import { RedactionForm } from "./redaction-form.ts";
import type { Hiding } from "./redaction.ts";
import { SelectionForm } from "./selection-form.ts";
import type { Answer, Purpose } from "./settling.ts";
import { adopt } from "./styles.ts";
import { TogetherChoice } from "./together-choice.ts";
import type { Words } from "./words.ts";

export type * from "./dialog-state.ts";

export class ExportDialog {
  readonly root: HTMLDialogElement;
  readonly #wishes: Wishes;
  #words!: Words;
  /** How many sessions it is about. */
  #count = 1;
  #state: State = { step: "choose" };
  #frame!: DialogFrame;
  #formats!: FormatCards;
  #options!: OptionForm;
  #range!: RangeChoice;
  #selection!: SelectionForm;
  #redaction!: RedactionForm;
  #together!: TogetherChoice;
  #preview!: PreviewPane;
  #progress!: ProgressView;

  constructor(wishes: Wishes) {
    this.#wishes = wishes;
    this.root = h("dialog", { part: "dialog", class: "dialog", "aria-labelledby": "title", "aria-describedby": "lead" });
    this.root.addEventListener("close", () => {
      if (this.#state.step === "ask") this.#state.answer("back");
      this.#wishes.onClose();
    });
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** Open anew, in these words, with this format and this selection chosen, for one session or so many. */
  open(words: Words, format: Format, selection: Selection | null, hiding: Hiding, count: number): void {
    this.#words = words;
    this.#count = count;
    this.#build(format, selection, hiding);
    this.show({ step: "choose" });
    adopt(this.root, DIALOG_STYLE);
    if (!this.root.open) this.root.showModal();
    this.#formats.focus();
    this.#wishes.onChoice(this.#choice());
  }

  close(): void {
    if (this.root.open) this.root.close();
  }

  progress(progress: Progress): void {
    this.#progress.show(progress);
  }

  session(session: SessionInfo): void {
    // What one of several offers is not what the others do.
    if (this.#count > 1) return;
    this.#range.count(session.numbered, session.messages);
    this.#selection.offer(session);
  }

  preview(preview: Preview): void {
    const { t, locale } = this.#words;
    const size = formatBytes(preview.bytes, locale);
    this.#preview.show(preview);
    if (this.#count > 1) this.#frame.size.textContent = t("ui.preview_first", { count: this.#count });
    else this.#frame.size.textContent = t(preview.exact ? "ui.size_exact" : "ui.size_estimated", { size });
  }

  stale(stale: boolean): void {
    this.#preview.stale(stale);
  }

  noPreview(): void {
    this.#preview.absent();
  }

  /** What is wrong with the filter, or with a pattern; `slow` is a pattern that comes to no end. */
  invalid(failure: EngineFailure | "slow" | null): void {
    const code = failure === null || failure === "slow" ? failure : failure.code;
    this.#selection.wrong(failure !== "slow" && code === "invalid_filter" ? failure : null);
    this.#redaction.wrong(code === "slow" || code === "invalid_option" ? failure : null);
  }

  /** Show what was found, and wait for what the person says. */
  async ask(view: Asking, purpose: Purpose): Promise<Answer> {
    adopt(this.root, view.style);
    return new Promise((resolve) => {
      const answer = (given: Answer): void => {
        resolve(given);
        if (given !== "back" || !this.root.open) return;
        this.show({ step: "choose" });
        this.#formats.focus();
        // What was undone there is seen here.
        this.#wishes.onChoice(this.#choice());
      };
      this.show({ step: "ask", view, purpose, answer });
      view.focus();
    });
  }

  show(state: State): void {
    this.#state = state;
    const { step } = state;
    const choosing = step === "choose" || step === "failed";
    const tooLong = step === "failed" && state.failure.remedy === "parts";
    if (tooLong) this.#range.tooLong(state.failure.count, state.failure.limit);

    this.root.dataset["step"] = step;
    // What scrolls must be reached by the keyboard, also while nothing in it can be.
    this.#frame.body.tabIndex = choosing ? -1 : 0;
    fill(this.#frame.asked, step === "ask" && state.view.root);
    this.#frame.lead.hidden = !choosing && step !== "busy";
    this.#frame.panes.hidden = !choosing && step !== "busy";
    this.#frame.choices.inert = step === "busy";
    this.#progress.toggle(step === "busy");
    this.#frame.size.hidden = !choosing;
    fill(this.#frame.message, step === "failed" && h("p", { class: tooLong ? "message" : "message bad" }, icon(ICONS.alert), h("span", {}, state.failure.message)));
    fill(this.#frame.outcome, ...outcomeOf(state, this.#words));
    this.#buttons(state);
    if (step === "failed") this.#frame.message.scrollIntoView({ block: "nearest" });
  }

  /** Put the focus where the state wants it; not while a person is still reading or choosing. */
  focusNext(): void {
    const { primary, cancel } = this.#frame;
    if (this.#state.step !== "busy" && !primary.hidden) primary.focus();
    else cancel.focus();
  }

  #build(format: Format, selection: Selection | null, hiding: Hiding): void {
    const words = this.#words;
    const changed = (): void => {
      // The error belonged to another choice.
      if (this.#state.step === "failed" && this.#state.failure.remedy !== "parts") this.show({ step: "choose" });
      else this.#buttons(this.#state);
      this.#wishes.onChoice(this.#choice());
    };
    this.#formats = formatCards(words, format, () => {
      const chosen = this.#formats.value();
      this.#together.offer(chosen);
      this.#options.show(chosen, this.#wishes.remembered(chosen));
      changed();
    });
    this.#options = new OptionForm(words, format, this.#wishes.remembered(format), changed);
    this.#range = new RangeChoice(words, selection?.range ?? null, changed);
    this.#selection = new SelectionForm(words, selection, changed);
    this.#redaction = new RedactionForm(words, hiding, () => {
      this.#wishes.onHiding(this.#redaction.value());
      changed();
    });
    this.#together = new TogetherChoice(words, format, this.#count, changed);
    this.#range.root.hidden = this.#count > 1;
    this.#progress = new ProgressView(words);
    this.#preview = new PreviewPane(words, () => {
      this.#wishes.onMore(this.#choice());
    });
    this.#frame = dialogFrame(this.root, words, {
      title: this.#count > 1 ? words.t("ui.export_several", { count: this.#count }) : words.t("ui.export"),
      choices: [this.#formats.root, this.#together.root, this.#options.root, this.#range.root, this.#redaction.root, this.#selection.root],
      preview: this.#preview.root,
      progress: this.#progress.root,
      onSubmit: this.#submit,
      onSaveAs: () => {
        this.#wishes.onSaveAs(this.#choice());
      },
      onCopy: () => {
        if (this.#state.step === "ask") this.#state.answer("leave");
        else this.#wishes.onCopy(this.#choice());
      },
      onCancel: () => {
        if (this.#state.step === "ask") this.#state.answer("back");
        else this.close();
      },
      onDismiss: () => {
        this.close();
      },
    });
  }

  #choice(): Choice {
    const spans = this.#range.parts();
    const range = spans === null ? this.#range.range() : null;
    const select = { ...this.#selection.value(), ...(range !== null && { range }) };
    return { format: this.#formats.value(), options: this.#options.value(), select, spans, together: this.#together.value(), hiding: this.#redaction.value() };
  }

  #buttons(state: State): void {
    const { t } = this.#words;
    const { cancel, copy, saveAs, primary } = this.#frame;
    const hopeless = state.step === "failed" && state.failure.remedy === "none";
    const asks = state.step === "ask";
    cancel.textContent = t(asks ? "ui.back" : hopeless ? "ui.close" : "ui.cancel");
    cancel.hidden = state.step === "done";
    copy.textContent = t(asks ? (state.purpose === "copy" ? "ui.redact_copy_leave" : "ui.redact_leave") : "ui.copy_clipboard");
    copy.hidden = hopeless || (this.#count > 1 && !asks) || state.step === "done" || state.step === "ready";
    copy.disabled = (this.#range.several() && !asks) || state.step === "busy";
    saveAs.hidden = !hasPicker() || hopeless || asks || state.step === "done" || state.step === "ready";
    saveAs.disabled = this.#range.several() || state.step === "busy";
    primary.hidden = hopeless;
    primary.disabled = state.step === "busy";
    primary.textContent = t(primaryLabel(state));
  }

  readonly #submit = (): void => {
    const { step } = this.#state;
    if (step === "done") this.close();
    else if (step === "ask") this.#state.answer("hide");
    else if (step === "ready") this.#wishes.onShare();
    else if (step === "failed" && this.#state.failure.remedy === "sign-in") this.#wishes.onSignIn(this.#choice());
    else if (step !== "busy") this.#wishes.onExport(this.#choice());
  };
}

function primaryLabel(state: State): "ui.download" | "ui.exporting" | "ui.redact_copy" | "ui.redact_save" | "ui.retry" | "ui.sign_in" | "ui.save_share" | "ui.done" {
  switch (state.step) {
    case "choose":
      return "ui.download";
    case "busy":
      return "ui.exporting";
    case "ask":
      return state.purpose === "copy" ? "ui.redact_copy" : "ui.redact_save";
    case "ready":
      return "ui.save_share";
    case "done":
      return "ui.done";
    case "failed":
      if (state.failure.remedy === "sign-in") return "ui.sign_in";
      return state.failure.remedy === "parts" ? "ui.download" : "ui.retry";
  }
}
