/** Progress as a bar and a line for the eye, and as a few words for the ear: a live region that spoke each step would never stop. */
import { h } from "../dom.ts";
import { formatBytes } from "../format.ts";
import type { Progress } from "./export.ts";
import type { Words } from "./words.ts";

export class ProgressView {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #bar: HTMLProgressElement;
  readonly #line: HTMLElement;
  readonly #spoken: HTMLElement;
  #announced = "";

  constructor(words: Words) {
    this.#words = words;
    this.#bar = h("progress", { class: "bar", max: 1, "aria-labelledby": "progress-line" });
    this.#line = h("p", { id: "progress-line", class: "line" });
    this.#spoken = h("p", { role: "status", "aria-live": "polite", class: "unseen" });
    this.root = h("div", { class: "progress" }, h("div", { class: "shown", hidden: true }, this.#bar, this.#line), this.#spoken);
  }

  toggle(shown: boolean): void {
    (this.root.firstElementChild as HTMLElement).hidden = !shown;
    this.#announced = "";
    this.#spoken.textContent = "";
    if (shown) this.show({ phase: "receiving", done: 0, total: null, part: 1, parts: 1 });
  }

  show(progress: Progress): void {
    const { done, total, part, parts } = progress;
    // What comes after the last message may take longest, as the pages of a PDF do, and nobody knows how long.
    if (total === null || total === 0 || isFinishing(progress)) this.#bar.removeAttribute("value");
    else this.#bar.value = done / total;
    const prefix = parts > 1 ? `${this.#words.t("ui.progress_part", { part, parts })} · ` : "";
    this.#line.textContent = prefix + this.#sentence(progress);
    const announcement = prefix + this.#phase(progress);
    if (announcement === this.#announced) return;
    this.#announced = announcement;
    this.#spoken.textContent = announcement;
  }

  #sentence(progress: Progress): string {
    const { phase, done, total } = progress;
    const { t, locale } = this.#words;
    if (phase === "receiving") {
      if (done === 0) return this.#phase(progress);
      const size = formatBytes(done, locale);
      return total === null ? t("ui.progress_received", { size }) : t("ui.progress_received_of", { size, whole: formatBytes(total, locale) });
    }
    if (progress.line !== undefined) return progress.line;
    if (phase === "fetching") return t("ui.progress_fetched", { size: formatBytes(done, locale), whole: formatBytes(total ?? done, locale) });
    return total === null || done === 0 || isFinishing(progress) ? this.#phase(progress) : t("ui.progress_written", { done, count: total });
  }

  #phase(progress: Progress): string {
    const { phase, done, total } = progress;
    const { t } = this.#words;
    if (phase === "receiving") return t("ui.progress_receiving");
    if (phase === "fetching") return t("ui.progress_fetching");
    if (isFinishing(progress)) return t("ui.progress_finishing");
    return total === null || done === 0 ? t("ui.progress_preparing") : t("ui.progress_writing");
  }
}

/** Whether all is written that can be counted. */
function isFinishing({ phase, done, total }: Progress): boolean {
  return phase === "writing" && done > 0 && done === total;
}
