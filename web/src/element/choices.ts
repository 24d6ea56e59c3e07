/** All that is chosen in the dialog: the format, what belongs to it, its options, and what of the session to take. */
import { fill, h } from "../dom.ts";
import type { Failure as EngineFailure, Selection, SessionInfo } from "../engine/protocol.ts";
import type { Choice, Wishes } from "./dialog-state.ts";
import { hasExtra, type Extra, type Part } from "./extras.ts";
import { FormatCards } from "./format-cards.ts";
import { FORMATS, type Format } from "./formats.ts";
import { OptionForm } from "./option-form.ts";
import { RangeChoice } from "./range-choice.ts";
import { RedactionForm } from "./redaction-form.ts";
import type { Hiding } from "./redaction.ts";
import { SelectionForm } from "./selection-form.ts";
import { adopt } from "./styles.ts";
import { TogetherChoice } from "./together-choice.ts";
import type { Words } from "./words.ts";

/** What a dialog begins with. */
export interface Given {
  readonly format: Format;
  /** The kinds of formats to offer; null is all. */
  readonly kinds: readonly string[] | null;
  readonly selection: Selection | null;
  readonly hiding: Hiding;
  /** How many sessions it is about. */
  readonly count: number;
  /** Whether it is about what all of them took, however many they are. */
  readonly usage: boolean;
}

export class Choices {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #wishes: Pick<Wishes, "extra" | "onHiding" | "remembered" | "weigh">;
  readonly #given: Given;
  readonly #onChange: (choice: Choice) => void;
  readonly #formats: FormatCards;
  readonly #options: OptionForm;
  readonly #range: RangeChoice;
  readonly #selection: SelectionForm;
  readonly #redaction: RedactionForm;
  readonly #together: TogetherChoice;
  /** What the format would fetch first. */
  readonly #weight = h("p", { class: "about", role: "status", hidden: true });
  readonly #place = h("div", { class: "extra" });
  #extra: Extra | null = null;
  /** The extra of the chosen format is on its way. */
  #waiting = false;
  /** What the format would fetch is not said yet: it must be, before it can be fetched. */
  #weighing = false;
  #left = false;

  constructor(words: Words, given: Given, wishes: Pick<Wishes, "extra" | "onHiding" | "remembered" | "weigh">, onChange: (choice: Choice) => void) {
    this.#words = words;
    this.#given = given;
    this.#wishes = wishes;
    this.#onChange = onChange;
    const changed = (): void => { this.#changed(); };
    this.#formats = new FormatCards(words, given.format, given.kinds, given.usage, () => {
      const chosen = this.#formats.value();
      this.#together.offer(chosen);
      this.#options.show(chosen, wishes.remembered(chosen));
      this.#offer(chosen);
      changed();
    });
    const format = this.#formats.value();
    this.#options = new OptionForm(words, format, wishes.remembered(format), changed);
    this.#range = new RangeChoice(words, given.selection?.range ?? null, changed);
    this.#selection = new SelectionForm(words, given.selection, changed);
    this.#redaction = new RedactionForm(words, given.hiding, () => {
      wishes.onHiding(this.#redaction.value());
      changed();
    });
    this.#together = new TogetherChoice(words, format, given.count, changed);
    this.root = h("div", { class: "choices" }, this.#formats.root, this.#weight, this.#place, this.#together.root, this.#options.root, this.#range.root, this.#redaction.root, this.#selection.root);
  }

  /** What the chosen format has of its own, once it has come. */
  get extra(): Extra | null {
    return this.#extra;
  }

  /** Begin: the first choice is told like any other. */
  start(): void {
    this.#offer(this.#formats.value());
    this.focus();
    this.#changed();
  }

  focus(): void {
    this.#formats.focus();
  }

  /** What an extra does must stop. */
  leave(): void {
    this.#left = true;
    this.#extra?.leave?.();
    this.#extra = null;
  }

  value(): Choice {
    const spans = this.#without("range") ? null : this.#range.parts();
    const range = spans === null && !this.#without("range") ? this.#range.range() : null;
    const own = this.#extra?.value?.();
    return {
      format: this.#formats.value(),
      options: { ...(this.#without("options") ? {} : this.#options.value()), ...own?.options },
      select: { ...(this.#without("selection") ? {} : this.#selection.value()), ...(range !== null && { range }), ...own?.select },
      spans,
      ...(own?.sessions !== undefined && { sessions: own.sessions }),
      together: this.#given.usage || (!this.#without("together") && this.#together.value()),
      hiding: this.#without("redaction") ? { ...this.#redaction.value(), mode: "off" } : this.#redaction.value(),
      extra: this.#extra,
      looks: !this.#waiting && !this.#without("preview"),
      ready: !this.#waiting && !this.#weighing && (this.#extra?.ready?.() ?? true),
    };
  }

  /** Whether what is asked for are several files, which no clipboard holds. */
  several(): boolean {
    return (!this.#without("range") && this.#range.several()) || (this.#given.count > 1 && this.#extra?.apart === true);
  }

  copies(): boolean {
    return !this.#without("copy") && !isHeavy(this.#formats.value());
  }

  session(session: SessionInfo): void {
    this.#range.count(session.numbered, session.messages);
    this.#selection.offer(session);
  }

  tooLong(count: number, limit: number): void {
    this.#range.tooLong(count, limit);
  }

  /** What is wrong with the filter, or with a pattern; `slow` is a pattern that comes to no end. */
  invalid(failure: EngineFailure | "slow" | null): void {
    const code = failure === null || failure === "slow" ? failure : failure.code;
    this.#selection.wrong(failure !== "slow" && code === "invalid_filter" ? failure : null);
    this.#redaction.wrong(code === "slow" || code === "invalid_option" ? failure : null);
  }

  #changed(): void {
    const choice = this.value();
    this.#extra?.onChoice?.(choice);
    this.#onChange(choice);
  }

  /** Fetch what a format has of its own, and show it in place of what the last one had. */
  #offer(format: Format): void {
    void this.#weigh(format);
    this.#extra?.leave?.();
    this.#show(null);
    this.#waiting = hasExtra(format);
    if (!this.#waiting) return;
    this.#wishes.extra(format, () => { this.#changed(); }).then(
      (extra) => { this.#came(format, extra, null); },
      () => { this.#came(format, null, this.#words.t("ui.error_network")); },
    );
  }

  async #weigh(format: Format): Promise<void> {
    this.#weight.hidden = true;
    this.#weighing = isHeavy(format);
    if (!this.#weighing) return;
    const sentence = await this.#wishes.weigh(format).catch(() => null);
    if (this.#left || this.#formats.value() !== format) return;
    this.#weighing = false;
    fill(this.#weight, sentence);
    this.#weight.hidden = sentence === null;
    this.#changed();
  }

  #came(format: Format, extra: Extra | null, wrong: string | null): void {
    if (this.#left || this.#extra !== null || !this.#waiting || this.#formats.value() !== format) {
      extra?.leave?.();
      return;
    }
    this.#waiting = false;
    this.#show(extra);
    if (wrong !== null) fill(this.#place, h("p", { class: "wrong", role: "alert" }, wrong));
    this.#changed();
  }

  #show(extra: Extra | null): void {
    this.#extra = extra;
    if (extra?.style !== undefined) adopt(this.root, extra.style);
    fill(this.#place, extra?.root);
    this.#options.root.hidden = this.#without("options");
    this.#range.root.hidden = this.#given.count > 1 || this.#without("range");
    this.#selection.root.hidden = this.#without("selection");
    this.#redaction.root.hidden = this.#without("redaction");
    this.#together.root.hidden = this.#without("together") || !this.#together.offered;
  }

  #without(part: Part): boolean {
    return this.#extra?.without?.includes(part) ?? false;
  }
}

/** Whether a format takes more than the engine starts with; it is no text either, which could be copied. */
function isHeavy(format: Format): boolean {
  return FORMATS.find(({ id }) => id === format)?.mediaType === "application/pdf";
}
