/** The form of a format's options, drawn from their JSON Schema. */
import { fill, h } from "../dom.ts";
import type { OptionValues } from "../engine/protocol.ts";
import { checkbox, fieldset, folded, line, number, select } from "./fields.ts";
import type { Format } from "./formats.ts";
import { changedFrom, defaultsOf, optionsOf, type OptionSchema, type Value } from "./schema.ts";
import type { Words } from "./words.ts";
import { zoneChoices } from "./zones.ts";

/** The language and the zone of the document itself, and what a patch is told otherwise than the session does: few change them. */
const RARE = new Set(["locale", "timezone", "root", "author"]);

export class OptionForm {
  readonly root = h("div", { class: "options" });
  readonly #words: Words;
  readonly #onChange: () => void;
  #format: Format;
  #chosen: Record<string, Value>;
  #unfolded = false;

  constructor(words: Words, format: Format, chosen: OptionValues, onChange: () => void) {
    this.#words = words;
    this.#onChange = onChange;
    this.#format = format;
    this.#chosen = { ...chosen };
    this.#draw();
  }

  /** What differs from the defaults. */
  value(): OptionValues {
    return changedFrom(this.#format, this.#chosen);
  }

  show(format: Format, chosen: OptionValues): void {
    this.#format = format;
    this.#chosen = { ...chosen };
    this.#draw();
  }

  #draw(): void {
    const { t } = this.#words;
    const options = optionsOf(this.#format);
    const values = { ...defaultsOf(this.#format, this.#chosen), ...this.#chosen };
    const field = ([name, option]: [string, OptionSchema]): HTMLElement => this.#field(name, option, values[name] ?? option.default);
    // The style decides the rest: it comes first.
    const common = options.filter(([name]) => !RARE.has(name)).toSorted(([a], [b]) => Number(b === "style") - Number(a === "style"));
    const rare = folded(t("ui.options_rare"), ...options.filter(([name]) => RARE.has(name)).map(field));
    rare.open = this.#unfolded;
    rare.addEventListener("toggle", () => { this.#unfolded = rare.open; });
    fill(
      this.root,
      common.length > 0 && fieldset(t("ui.options"), ...common.map(field)),
      rare.querySelector(".field") !== null && rare,
    );
  }

  #field(name: string, option: OptionSchema, value: Value): HTMLElement {
    const { find, t } = this.#words;
    const label = find(`ui.option_${name}`) ?? name;
    const change = (next: Value): void => { this.#change(name, next); };
    if (option.type === "boolean") return checkbox(label, value === true, change);
    if (option.type === "integer") return number(label, Number(value), { min: option.minimum, max: option.maximum }, change);
    if (option.format === "time-zone") return select(label, zoneChoices(t("ui.zone_here"), String(value)), String(value), change);
    if (option.type === "string" && option.enum === undefined) return line(label, String(value), change);
    const choices = (option.enum ?? []).map(String).map((one) => [one, find(`ui.option_${name}_${one}`) ?? one] as const);
    return select(label, choices, String(value), change);
  }

  #change(name: string, value: Value): void {
    this.#chosen[name] = value;
    // Other defaults belong to another style; what was chosen for this one stays chosen.
    if (name === "style") {
      this.#draw();
      this.root.querySelector("select")?.focus();
    }
    this.#onChange();
  }
}
