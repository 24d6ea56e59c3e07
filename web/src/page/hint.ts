/** A short sentence at the foot of the page, for something that was asked for and cannot be done here; gone by itself. */
import { h } from "../dom.ts";

const SHOWN_MS = 6000;

const root = h("p", { role: "status", class: "hint-line" });
let timer: ReturnType<typeof setTimeout> | undefined;

/** Put the live region into the page, empty: it is heard of only what changes in it. */
export function placeHint(): void {
  document.body.append(root);
}

export function say(text: string): void {
  clearTimeout(timer);
  root.textContent = text;
  timer = setTimeout(() => { root.textContent = ""; }, SHOWN_MS);
}
