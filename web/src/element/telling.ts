/** What is said outside the dialog: short messages, and the host's events. */
import { explain, type Failure } from "./errors.ts";
import { ExportErrorEvent } from "./events.ts";
import { Toast, type Tone } from "./toast.ts";
import type { Words } from "./words.ts";

/** Where it is said. */
export interface Hearer {
  readonly words: Words;
  dispatchEvent: (event: Event) => boolean;
  append: (part: HTMLElement) => void;
}

export class Teller {
  readonly #hearer: Hearer;
  #toast: Toast | null = null;

  constructor(hearer: Hearer) {
    this.#hearer = hearer;
  }

  say(text: string, tone: Tone): void {
    if (this.#toast === null) {
      this.#toast = new Toast();
      this.#hearer.append(this.#toast.root);
    }
    this.#toast.show(text, tone, this.#hearer.words.t("ui.close"));
  }

  /** Say nothing more. */
  hide(): void {
    this.#toast?.hide();
  }

  /** Tell the host what went wrong, and give it in words for a person. */
  report(error: unknown): Failure {
    const failure = explain(error, this.#hearer.words);
    this.#hearer.dispatchEvent(new ExportErrorEvent({ code: failure.code, message: failure.message }));
    return failure;
  }
}
