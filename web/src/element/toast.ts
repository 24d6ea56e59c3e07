/** A short message above everything, gone by itself after a while unless somebody is reading it. */
import { fill, h, icon } from "../dom.ts";
import { ICONS } from "./icons.ts";
import { lower, popoverMode, raise } from "./layer.ts";

const SHOWN_MS = 6000;

export type Tone = "good" | "bad" | "busy";

/** Hides the one that is shown: several elements of a page share one place. */
let hideShown: (() => void) | null = null;

export class Toast {
  readonly root: HTMLElement;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const wait = (): void => {
      clearTimeout(this.#timer);
    };
    const resume = (): void => {
      this.#hideLater();
    };
    this.root = h("div", {
      part: "toast",
      role: "status",
      popover: popoverMode(),
      class: "toast",
      hidden: true,
      onpointerenter: wait,
      onpointerleave: resume,
      onfocusin: wait,
      onfocusout: resume,
    });
  }

  show(text: string, tone: Tone, closeLabel: string): void {
    hideShown?.();
    hideShown = this.hide;
    this.root.dataset["tone"] = tone;
    raise(this.root);
    // After it is shown: a live region speaks of what changes in it while it is there.
    fill(
      this.root,
      tone !== "busy" && icon(tone === "good" ? ICONS.check : ICONS.alert),
      h("span", { class: "text" }, text),
      h("button", { type: "button", class: "close", "aria-label": closeLabel, onclick: this.hide }, icon(ICONS.close)),
    );
    if (tone !== "busy") this.#hideLater();
  }

  readonly hide = (): void => {
    clearTimeout(this.#timer);
    lower(this.root);
    fill(this.root);
    if (hideShown === this.hide) hideShown = null;
  };

  #hideLater(): void {
    clearTimeout(this.#timer);
    if (this.root.dataset["tone"] !== "busy") this.#timer = setTimeout(this.hide, SHOWN_MS);
  }
}
