/** Where in a long session one is, and how to get elsewhere: first, last, or a message by its number. */
import { h, icon } from "../dom.ts";
import { formatNumber } from "../format.ts";
import type { Words } from "../element/words.ts";
import { ICONS } from "./icons.ts";

export interface JumpBar {
  root: HTMLElement;
  /** Say which message is at the top. */
  show: (number: number) => void;
  /** Where the top is, in pixels of the viewport: below what sticks there. */
  offset: () => number;
}

export function jumpBar(words: Words, count: number, goTo: (number: number) => void): JumpBar {
  const { t, locale } = words;
  const input = h("input", {
    type: "number",
    min: 1,
    max: count,
    step: 1,
    value: 1,
    inputmode: "numeric",
    "aria-label": t("ui.go_to_message"),
    onfocus: () => {
      input.select();
    },
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (Number.isNaN(input.valueAsNumber)) return;
    goTo(Math.min(Math.max(Math.trunc(input.valueAsNumber), 1), count));
  };
  const edge = (label: string, picture: string, number: number): HTMLElement =>
    h("button", { type: "button", class: "round", "aria-label": label, title: label, onclick: () => { goTo(number); } }, icon(picture));
  const root = h(
    "form",
    { class: "jump", "aria-label": t("ui.go_to_message"), novalidate: true, onsubmit: submit },
    edge(t("ui.first_message"), ICONS.top, 1),
    h("span", { class: "where" }, input, h("span", {}, t("ui.of_messages", { total: formatNumber(count, locale) }))),
    edge(t("ui.last_message"), ICONS.bottom, count),
  );
  return {
    root,
    show: (number) => {
      if (document.activeElement !== input) input.value = String(number);
    },
    offset: () => (document.querySelector(".session-header")?.getBoundingClientRect().bottom ?? 0) + 24,
  };
}
