/** The formats as radio tiles in a fieldset, and a sentence about the one that is chosen. */
import { fill, h } from "../dom.ts";
import { FORMATS, type Format } from "./formats.ts";
import type { Words } from "./words.ts";

export interface FormatCards {
  root: HTMLFieldSetElement;
  value: () => Format;
  focus: () => void;
}

export function formatCards(words: Words, chosen: Format, onChange: () => void): FormatCards {
  const about = h("p", { id: "format-about", class: "about" });
  const tell = (format: Format): void => {
    fill(about, words.t(`ui.about_${format}`));
  };
  const radios = FORMATS.map(({ id }) =>
    h("input", {
      type: "radio",
      name: "format",
      id: `format-${id}`,
      value: id,
      checked: id === chosen,
      "aria-describedby": "format-about",
      onchange: () => {
        tell(id);
        onChange();
      },
    }),
  );
  const tiles = FORMATS.map(({ id }, index) =>
    h("div", { class: "tile" }, radios[index], h("label", { for: `format-${id}`, class: "name" }, words.t(`format.${id}`))),
  );
  const checked = (): HTMLInputElement | undefined => radios.find((radio) => radio.checked);
  tell(chosen);
  return {
    root: h("fieldset", { class: "group" }, h("legend", {}, words.t("ui.kind_session")), h("div", { class: "tiles" }, ...tiles), about),
    value: () => FORMATS.find(({ id }) => id === checked()?.value)?.id ?? "json",
    focus: () => {
      checked()?.focus();
    },
  };
}
