/** The formats as radio cards in a fieldset, a sentence each. */
import { h } from "../dom.ts";
import { FORMATS, type Format } from "./formats.ts";
import type { Words } from "./words.ts";

export interface FormatCards {
  root: HTMLFieldSetElement;
  value: () => Format;
  focus: () => void;
}

export function formatCards(words: Words, chosen: Format, onChange: () => void): FormatCards {
  const radios = FORMATS.map(({ id }) =>
    h("input", {
      type: "radio",
      name: "format",
      id: `format-${id}`,
      value: id,
      checked: id === chosen,
      "aria-describedby": `about-${id}`,
      onchange: onChange,
    }),
  );
  const cards = FORMATS.map(({ id }, index) =>
    h(
      "div",
      { class: "card" },
      radios[index],
      h("label", { for: `format-${id}`, class: "name" }, words.t(`format.${id}`)),
      h("p", { id: `about-${id}`, class: "about" }, words.t(`ui.about_${id}`)),
    ),
  );
  const checked = (): HTMLInputElement | undefined => radios.find((radio) => radio.checked);
  return {
    root: h("fieldset", { class: "formats" }, h("legend", {}, words.t("ui.format")), ...cards),
    value: () => FORMATS.find(({ id }) => id === checked()?.value)?.id ?? "json",
    focus: () => {
      checked()?.focus();
    },
  };
}
