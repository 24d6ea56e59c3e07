/** The fields of the dialog's forms: a label with its control, each the size of a thumb. */
import { h, type Child } from "../dom.ts";

let count = 0;

/** An id that no other field of the document has. */
function nextId(): string {
  count += 1;
  return `field-${count}`;
}

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): HTMLElement {
  const id = nextId();
  const input = h("input", { type: "checkbox", id, checked, onchange: () => { onChange(input.checked); } });
  return h("div", { class: "check" }, input, h("label", { for: id }, label));
}

/** A choice of one: `values` with what each is called. */
export function select(
  label: string,
  values: readonly (readonly [value: string, label: string])[],
  chosen: string,
  onChange: (value: string) => void,
): HTMLElement {
  const id = nextId();
  const options = values.map(([value, name]) => h("option", { value, selected: value === chosen }, name));
  const input = h("select", { id, class: "control", onchange: () => { onChange(input.value); } }, ...options);
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}

/** A line of free text; `onChange` hears of it when it is left, or sent. */
export function line(label: string, value: string, onChange: (value: string) => void): HTMLElement {
  const id = nextId();
  const input = h("input", { type: "text", id, class: "control", value, spellcheck: false, dir: "auto", onchange: () => { onChange(input.value); } });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}

/** A whole number; what is none, or is too small or too large, is marked and changes nothing. */
export function number(label: string, value: number, limits: { min: number | undefined; max: number | undefined }, onChange: (value: number) => void): HTMLElement {
  const id = nextId();
  const change = (): void => {
    if (input.checkValidity()) onChange(input.valueAsNumber);
  };
  const input = h("input", { type: "number", id, class: "control", value, required: true, ...limits, oninput: change });
  return h("div", { class: "field" }, h("label", { for: id }, label), input);
}

export function fieldset(legend: string, ...children: Child[]): HTMLFieldSetElement {
  return h("fieldset", { class: "group" }, h("legend", {}, legend), ...children);
}

/** What most people never need, folded away. */
export function folded(summary: string, ...children: Child[]): HTMLDetailsElement {
  return h("details", { class: "folded" }, h("summary", {}, summary), h("div", { class: "inside" }, ...children));
}
