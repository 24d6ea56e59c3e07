/** Several sessions: a zip with a file of each, or one document, where the format has such a thing. */
import { fill, h } from "../dom.ts";
import { select } from "./fields.ts";
import { FORMATS, type Format } from "./formats.ts";
import type { Words } from "./words.ts";

/** A table of several sessions is what most people want of figures. */
const AT_ONCE: ReadonlySet<Format> = new Set(FORMATS.filter(({ kind }) => kind === "analytics").map(({ id }) => id));
const ONE_DOCUMENT: ReadonlySet<Format> = new Set(FORMATS.filter((format) => "several" in format).map(({ id }) => id));

export class TogetherChoice {
  readonly root = h("div", { class: "group" });
  readonly #words: Words;
  readonly #count: number;
  readonly #onChange: () => void;
  #format: Format;
  #together: boolean | null = null;

  constructor(words: Words, format: Format, count: number, onChange: () => void) {
    this.#words = words;
    this.#format = format;
    this.#count = count;
    this.#onChange = onChange;
    this.offer(format);
  }

  offer(format: Format): void {
    const { t } = this.#words;
    this.#format = format;
    this.root.hidden = !this.offered;
    if (!this.offered) return;
    const ways = [["zip", t("ui.together_zip")], ["one", t("ui.together_one")]] as const;
    fill(this.root, select(t("ui.together"), ways, this.#one ? "one" : "zip", (way) => {
      this.#together = way === "one";
      this.#onChange();
    }));
  }

  value(): boolean {
    return this.#one && this.offered;
  }

  /** As it was chosen, else as the format is most useful. */
  get #one(): boolean {
    return this.#together ?? AT_ONCE.has(this.#format);
  }

  /** Whether the chosen format has such a choice. */
  get offered(): boolean {
    return this.#count > 1 && ONE_DOCUMENT.has(this.#format);
  }
}
