/** The beginning of what would be saved, as it would be saved: text as text, a page as a page. */
import { fill, h } from "../dom.ts";
import type { Preview } from "../engine/protocol.ts";
import { PageFrame } from "./page-frame.ts";
import type { Words } from "./words.ts";

const HTML = "text/html";
const PDF = "application/pdf";

/** What is written for people, and breaks between words; of anything else a long line breaks wherever it ends. */
const PROSE: readonly string[] = ["text/markdown", "text/plain"];

export class PreviewPane {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #text = h("pre", { class: "sheet", tabindex: 0, role: "region", dir: "auto" });
  readonly #page: PageFrame;
  readonly #note = h("p", { class: "sheet note", role: "status" });
  readonly #place: HTMLElement;
  readonly #above = h("div", { class: "above" });
  /** What a format shows in the place of the text. */
  #own: HTMLElement | null = null;
  readonly #name = h("span", { class: "filename", dir: "auto" });
  readonly #more: HTMLButtonElement;

  constructor(words: Words, onMore: () => void) {
    const { t } = words;
    this.#words = words;
    this.#page = new PageFrame(t("ui.preview"));
    this.#text.setAttribute("aria-label", t("ui.preview"));
    this.#more = h("button", { type: "button", class: "button slim", hidden: true, onclick: onMore }, t("ui.show_more"));
    this.#place = h("div", { class: "sheet-place" }, this.#text, this.#page.root, this.#note);
    // No region of its own: the text is one, and two of a name are one too many to go through.
    this.root = h(
      "div",
      { class: "preview" },
      h("div", { class: "caption-row" }, h("h3", { class: "caption" }, t("ui.preview")), this.#name),
      this.#above,
      this.#place,
      this.#more,
    );
    this.wait();
  }

  /** Nothing to show yet. */
  wait(): void {
    this.#say(this.#words.t("ui.preview_loading"));
  }

  /** Nothing to show, and why: it is no failure of an export. */
  absent(): void {
    if (this.#own !== null) return;
    this.#name.textContent = "";
    this.#say(this.#words.t("ui.preview_absent"));
  }

  /** Show a format's own view instead, or text again. */
  instead(view: HTMLElement | null): void {
    if (this.#own === view) return;
    this.#own = view;
    this.#name.textContent = "";
    this.stale(false);
    if (view === null) {
      fill(this.#place, this.#text, this.#page.root, this.#note);
      this.wait();
    } else {
      this.#more.hidden = true;
      fill(this.#place, view);
    }
  }

  /** Show something above it, or nothing. */
  above(summary: HTMLElement | null): void {
    fill(this.#above, summary);
  }

  /** @param painted How to show its text, where that is not as it is: an element, or a sentence that stands in its place. */
  show({ text, complete, mediaType, filename }: Preview, painted?: HTMLElement | string): void {
    if (this.#own !== null) return;
    if (mediaType === PDF) {
      this.#name.textContent = filename;
      this.#say(this.#words.t("ui.preview_pdf"));
      return;
    }
    const asPage = mediaType === HTML;
    this.#text.hidden = asPage;
    this.#text.toggleAttribute("data-prose", PROSE.includes(mediaType));
    this.#page.root.hidden = !asPage;
    this.#note.hidden = true;
    this.#name.textContent = filename;
    this.#more.hidden = complete;
    if (asPage) this.#page.show(text);
    else if (typeof painted === "string") this.#say(painted);
    else fill(this.#text, painted ?? text);
  }

  /** What is shown is being made anew. */
  stale(stale: boolean): void {
    this.root.toggleAttribute("data-stale", stale);
  }

  #say(text: string): void {
    this.#text.hidden = true;
    this.#page.root.hidden = true;
    this.#more.hidden = true;
    this.#note.hidden = false;
    fill(this.#note, text);
  }
}
