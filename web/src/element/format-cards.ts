/** The formats as radio cards in their groups, a second choice where one card stands for several, and a sentence about what is chosen. */
import { fill, h } from "../dom.ts";
import { cardsOf, GROUPS, type Card } from "./cards.ts";
import type { Format } from "./formats.ts";
import type { Words } from "./words.ts";

export class FormatCards {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #onChange: () => void;
  readonly #cards: readonly Card[];
  readonly #radios = new Map<Card, HTMLInputElement>();
  readonly #about = h("p", { id: "format-about", class: "about" });
  readonly #variants = h("fieldset", { class: "group variants" });
  /** What was chosen of each card: going to another and back does not lose it. */
  readonly #chosen = new Map<Card, Format>();
  #card: Card | undefined;

  /** @param kinds Those to offer; null is all. @param usage Those of all usage alone. A format that is not offered gives way to the first that is. */
  constructor(words: Words, wanted: Format, kinds: readonly string[] | null, usage: boolean, onChange: () => void) {
    this.#words = words;
    this.#onChange = onChange;
    this.#cards = cardsOf(kinds, usage);
    this.#card = this.#cards.find(({ formats }) => formats.includes(wanted)) ?? this.#cards[0];
    if (this.#card?.formats.includes(wanted) === true) this.#chosen.set(this.#card, wanted);
    const groups = GROUPS.map((group) => {
      const own = this.#cards.filter((card) => card.group === group);
      return own.length > 0 && h("fieldset", { class: "group" }, h("legend", {}, words.t(`ui.kind_${group}`)), h("div", { class: "tiles" }, ...own.map((card) => this.#tile(card))));
    });
    this.root = h("div", { class: "kinds" }, ...groups, h("div", { class: "group" }, this.#about, this.#variants));
    this.#tell();
  }

  value(): Format {
    return this.#card === undefined ? "json" : (this.#chosen.get(this.#card) ?? this.#card.formats[0]);
  }

  focus(): void {
    if (this.#card === undefined) return;
    const radio = this.#radios.get(this.#card);
    radio?.focus({ preventScroll: true });
    radio?.parentElement?.scrollIntoView({ block: "nearest" });
  }

  #tile(card: Card): HTMLElement {
    const { find, t } = this.#words;
    const brief = find(`ui.brief_${card.id}`);
    const radio = h("input", {
      type: "radio",
      name: "card",
      id: `card-${card.id}`,
      value: card.id,
      checked: card === this.#card,
      "aria-describedby": brief !== undefined && `brief-${card.id}`,
      onchange: () => {
        this.#card = card;
        this.#changed();
      },
    });
    this.#radios.set(card, radio);
    return h(
      "div",
      { class: "tile" },
      radio,
      h("label", { for: `card-${card.id}`, class: "name" }, find(`ui.card_${card.id}`) ?? t(`format.${card.formats[0]}`)),
      brief !== undefined && h("span", { id: `brief-${card.id}`, class: "brief" }, brief),
    );
  }

  #changed(): void {
    this.#tell();
    this.#onChange();
  }

  /** Say what is chosen, and offer what else the card stands for. */
  #tell(): void {
    const { t } = this.#words;
    const card = this.#card;
    const format = this.value();
    fill(this.#about, t(`ui.about_${format}`));
    const several = card !== undefined && card.formats.length > 1;
    this.#variants.hidden = !several;
    if (!several) {
      fill(this.#variants);
      return;
    }
    // Where it is drawn already, the radio that has the focus must stay.
    if (this.#variants.dataset["card"] === card.id && this.#variants.childElementCount > 0) return;
    this.#variants.dataset["card"] = card.id;
    fill(
      this.#variants,
      h("legend", {}, t("ui.variant")),
      h("div", { class: "chips" }, ...card.formats.map((one) => this.#chip(card, one, one === format))),
    );
  }

  #chip(card: Card, format: Format, checked: boolean): HTMLElement {
    const id = `format-${format}`;
    return h(
      "div",
      { class: "chip" },
      h("input", {
        type: "radio",
        name: "format",
        id,
        value: format,
        checked,
        "aria-describedby": "format-about",
        onchange: () => {
          this.#chosen.set(card, format);
          this.#changed();
        },
      }),
      h("label", { for: id, class: "name" }, this.#words.find(`ui.variant_${format}`) ?? this.#words.t(`format.${format}`)),
    );
  }
}
