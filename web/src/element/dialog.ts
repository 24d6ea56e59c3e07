/** The export dialog: choose, look, watch, read what happened. It shows states and reports wishes; the exporter does the work. */
import { fill, h, icon } from "../dom.ts";
import type { Failure as EngineFailure, Preview, SessionInfo } from "../engine/protocol.ts";
import { formatBytes } from "../format.ts";
import { Choices, type Given } from "./choices.ts";
import { DIALOG_STYLE } from "./dialog-styles.ts";
import { dialogFrame, type DialogFrame } from "./dialog-frame.ts";
import type { Asking, State, Wishes } from "./dialog-state.ts";
import type { Progress } from "./export.ts";
import { extraCode } from "./extra-code.ts";
import { ICONS } from "./icons.ts";
import { outcomeOf } from "./outcome.ts";
import { hasPicker } from "./picker.ts";
import { PreviewPane } from "./preview.ts";
import type { PreviewListener } from "./previewer.ts";
import { ProgressView } from "./progress.ts";
import type { Answer, Purpose } from "./settling.ts";
import { adopt } from "./styles.ts";
import type { Words } from "./words.ts";

export type * from "./dialog-state.ts";

export class ExportDialog {
  readonly root: HTMLDialogElement;
  readonly #wishes: Wishes;
  #words!: Words;
  /** How many sessions it is about. */
  #count = 1;
  #usage = false;
  #state: State = { step: "choose" };
  #frame!: DialogFrame;
  #choices!: Choices;
  #preview!: PreviewPane;
  #progress!: ProgressView;

  constructor(wishes: Wishes) {
    this.#wishes = wishes;
    this.root = h("dialog", { part: "dialog", class: "dialog", "aria-labelledby": "title", "aria-describedby": "lead" });
    this.root.addEventListener("close", () => {
      if (this.#state.step === "ask") this.#state.answer("back");
      this.#choices.leave();
      this.#wishes.onClose();
    });
  }

  get isOpen(): boolean {
    return this.root.open;
  }

  /** Open anew, in these words, with this format and this selection chosen, for one session or so many. */
  open(words: Words, given: Given): void {
    this.#words = words;
    this.#count = given.count;
    this.#usage = given.usage;
    this.#build(given);
    this.show({ step: "choose" });
    adopt(this.root, DIALOG_STYLE);
    if (!this.root.open) this.root.showModal();
    this.#choices.start();
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
    this.#choices.session(session);
  }

  preview(preview: Preview): void {
    const { t, locale } = this.#words;
    const size = formatBytes(preview.bytes, locale);
    if (this.#choices.extra?.preview !== undefined) return;
    this.#preview.show(preview, this.#choices.extra?.painted?.(preview));
    // How large a PDF is, only its making says; and of a document of several, reading to its end.
    if (preview.sessions !== undefined) this.#frame.size.textContent = t("ui.preview_some", { count: preview.sessions });
    else if (preview.bytes === 0 && !preview.exact) this.#frame.size.textContent = "";
    else if (this.#count > 1 && this.#choices.value().together !== true) this.#frame.size.textContent = t("ui.preview_first", { count: this.#count });
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
    this.#choices.invalid(failure);
  }

  /** Show what was found, and wait for what the person says. */
  async ask(view: Asking, purpose: Purpose): Promise<Answer> {
    adopt(this.root, view.style);
    return new Promise((resolve) => {
      const answer = (given: Answer): void => {
        resolve(given);
        if (given !== "back" || !this.root.open) return;
        this.show({ step: "choose" });
        this.#choices.focus();
        // What was undone there is seen here.
        this.#wishes.onChoice(this.#choices.value());
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
    if (tooLong) this.#choices.tooLong(state.failure.count, state.failure.limit);

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
    if (step === "busy") void this.#learn();
    this.#buttons(state);
    if (step === "failed") this.#frame.message.scrollIntoView({ block: "nearest" });
  }

  /** Learn the words of notices while the file is made; without them, a notice is told by its code. */
  async #learn(): Promise<void> {
    const words = this.#words;
    const code = await extraCode().catch(() => null);
    if (code === null || this.#words !== words) return;
    this.#words = code.extraWords(words);
    if (this.#state.step === "done") fill(this.#frame.outcome, ...outcomeOf(this.#state, this.#words));
  }

  /** Put the focus where the state wants it; not while a person is still reading or choosing. */
  focusNext(): void {
    const { primary, cancel } = this.#frame;
    if (this.#state.step !== "busy" && !primary.hidden) primary.focus();
    else cancel.focus();
  }

  #build(given: Given): void {
    const words = this.#words;
    this.#choices = new Choices(words, given, this.#wishes, (choice) => {
      this.#preview.instead(choice.extra?.preview ?? null);
      this.#preview.above(choice.extra?.summary ?? null);
      if (choice.looks !== true) this.#frame.size.textContent = "";
      // The error belonged to another choice.
      if (this.#state.step === "failed" && this.#state.failure.remedy !== "parts") this.show({ step: "choose" });
      else this.#buttons(this.#state);
      this.#wishes.onChoice(choice);
    });
    this.#progress = new ProgressView(words);
    this.#preview = new PreviewPane(words, () => {
      this.#wishes.onMore(this.#choices.value());
    });
    this.#frame = dialogFrame(this.root, words, {
      title: this.#usage ? words.t("ui.export_usage") : this.#count > 1 ? words.t("ui.export_several", { count: this.#count }) : words.t("ui.export"),
      choices: this.#choices.root,
      preview: this.#preview.root,
      progress: this.#progress.root,
      onSubmit: this.#submit,
      onSaveAs: () => {
        this.#wishes.onSaveAs(this.#choices.value());
      },
      onCopy: () => {
        if (this.#state.step === "ask") this.#state.answer("leave");
        else this.#wishes.onCopy(this.#choices.value());
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

  #buttons(state: State): void {
    const { t } = this.#words;
    const { cancel, copy, saveAs, primary } = this.#frame;
    const hopeless = state.step === "failed" && state.failure.remedy === "none";
    const asks = state.step === "ask";
    cancel.textContent = t(asks ? "ui.back" : hopeless ? "ui.close" : "ui.cancel");
    cancel.hidden = state.step === "done";
    copy.textContent = t(asks ? (state.purpose === "copy" ? "ui.redact_copy_leave" : "ui.redact_leave") : "ui.copy_clipboard");
    copy.hidden = hopeless || !this.#choices.copies() || (this.#count > 1 && !asks) || state.step === "done" || state.step === "ready";
    copy.disabled = (this.#choices.several() && !asks) || state.step === "busy";
    saveAs.hidden = !hasPicker() || hopeless || asks || state.step === "done" || state.step === "ready";
    const blocked = state.step === "busy" || (state.step === "choose" && this.#choices.value().ready === false);
    saveAs.disabled = this.#choices.several() || blocked;
    primary.hidden = hopeless;
    primary.disabled = blocked;
    primary.textContent = t(primaryLabel(state));
  }

  readonly #submit = (): void => {
    const { step } = this.#state;
    if (step === "done") this.close();
    else if (step === "ask") this.#state.answer("hide");
    else if (step === "ready") this.#wishes.onShare();
    else if (step === "failed" && this.#state.failure.remedy === "sign-in") this.#wishes.onSignIn(this.#choices.value());
    else if (step !== "busy") this.#wishes.onExport(this.#choices.value());
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

/** What shows a previewer's looks in a dialog, whichever there is. `onNamed` is told what the file will be called. */
export function lookingAt(dialog: () => ExportDialog | null, onNamed: (filename: string) => void): PreviewListener {
  return {
    onSession: (session) => dialog()?.session(session),
    onPreview: (preview) => {
      onNamed(preview.filename);
      dialog()?.preview(preview);
    },
    onStale: (stale) => dialog()?.stale(stale),
    onInvalid: (failure) => dialog()?.invalid(failure),
    onAbsent: () => dialog()?.noPreview(),
  };
}
