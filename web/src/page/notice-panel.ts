/** A state that is no content: empty, failed, signed out. A heading, a sentence, and what to do next. */
import { h } from "../dom.ts";

export interface Action {
  label: string;
  act: () => void;
}

export function noticePanel(title: string, sentence: string, action: Action | null, alarm = false): HTMLElement {
  return h(
    "div",
    { class: "panel", role: alarm ? "alert" : null },
    h("h2", {}, title),
    h("p", {}, sentence),
    action !== null && h("button", { type: "button", class: "button", onclick: action.act }, action.label),
  );
}
