/** An event: its sentence from the locale files, filled from its data, and what the source itself said of it. */
import { h } from "../dom.ts";
import { formatDuration, formatTime } from "../format.ts";
import type { Words } from "../element/words.ts";
import type { Block } from "./model.ts";

type Event = Extract<Block, { type: "event" }>;

export function renderEvent(block: Event, words: Words): HTMLElement {
  const said = block.text ?? "";
  const sentence = eventSentence(block, words) ?? (said === "" ? block.name : null);
  return h(
    "div",
    { class: "event-line", dir: "auto" },
    sentence !== null && h("p", {}, sentence),
    said !== "" && h("p", { class: "said" }, said),
  );
}

/** The sentence, or null where no file has one or where the data does not fill it. */
export function eventSentence({ name, data }: Event, words: Words): string | null {
  const values: Record<string, string | number> = {};
  for (const [key, value] of Object.entries(data ?? {})) {
    if (typeof value === "string") values[key] = value;
    else if (typeof value === "number") values[key] = figure(key, value, words.locale);
  }
  const sentence = words.find(`event.${name}`, values);
  return sentence === undefined || /\{\w+\}/.test(words.find(`event.${name}`, blank(values)) ?? "") ? null : sentence;
}

/** As the library's writers read it: `somethingAt` is a time, `somethingMs` a duration. */
function figure(name: string, value: number, locale: string): string | number {
  if (name.endsWith("At")) return formatTime(value, locale);
  return name.endsWith("Ms") ? formatDuration(value, locale) : value;
}

// What a source says may hold braces of its own: whether every place is filled is asked of empty values.
function blank(values: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.keys(values).map((name) => [name, ""]));
}
