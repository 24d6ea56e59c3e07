/** The format chosen last, and what was changed of each format's options; remembered where storage allows it. */
import type { OptionValues } from "../engine/protocol.ts";
import { guarded } from "../storage.ts";
import { FORMATS, type Format } from "./formats.ts";
import { allows, optionsOf } from "./schema.ts";

/** Anything that is no format reads as JSON, the one that loses nothing. */
export function readFormat(key: string): Format {
  const stored = guarded(() => localStorage.getItem(key));
  return FORMATS.find(({ id }) => id === stored)?.id ?? "json";
}

/** Remember a format with what was changed of its options. @param language The place's, in which documents are unless a person says otherwise. */
export function writeChoice(key: string, format: Format, { timezone, locale = "en", ...others }: OptionValues, language: string): void {
  writeFormat(key, format);
  // What holds for every format is not chosen for this one.
  const zoned = timezone !== undefined && timezone !== readDefaults(key).timezone;
  const worded = locale !== language && has(format, "locale");
  writeOptions(key, format, { ...others, ...(zoned && { timezone }), ...(worded && { locale }) });
}

export function writeFormat(key: string, format: Format): void {
  guarded(() => {
    localStorage.setItem(key, format);
  });
}

/** What was chosen for a format; what the format does not know any more is left out. */
export function readOptions(key: string, format: Format): OptionValues {
  const stored = readAll(key)[format];
  if (typeof stored !== "object" || stored === null) return {};
  const given = stored as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    optionsOf(format).flatMap(([name, option]) => {
      const value = given[name];
      return allows(option, value) ? [[name, value]] : [];
    }),
  );
}

export function writeOptions(key: string, format: Format, options: OptionValues): void {
  const { [format]: before, ...others } = readAll(key);
  const changed = Object.keys(options).length > 0;
  if (!changed && before === undefined) return;
  guarded(() => {
    localStorage.setItem(optionsKey(key), JSON.stringify(changed ? { ...others, [format]: options } : others));
  });
}

/** What holds for every format: the time zone of documents, and a pattern that files are named by. */
export interface Defaults {
  timezone?: string;
  filename?: string;
}

export function readDefaults(key: string): Defaults {
  const stored = guarded(() => JSON.parse(localStorage.getItem(defaultsKey(key)) ?? "{}") as unknown);
  const { timezone, filename } = (typeof stored === "object" && stored !== null ? stored : {}) as Readonly<Record<string, unknown>>;
  return { ...(typeof timezone === "string" && { timezone }), ...(typeof filename === "string" && { filename }) };
}

export function writeDefaults(key: string, defaults: Defaults): void {
  guarded(() => {
    localStorage.setItem(defaultsKey(key), JSON.stringify(defaults));
  });
}

/** What was chosen for a format, with what holds for all of them: the time zone, and the language of the place. */
export function optionsWithDefaults(key: string, format: Format, locale: string): OptionValues {
  const { timezone } = readDefaults(key);
  const zoned = timezone !== undefined && has(format, "timezone");
  return { ...(zoned && { timezone }), ...(has(format, "locale") && { locale }), ...readOptions(key, format) };
}

/** Whether a person may choose an option of a format. */
function has(format: Format, option: string): boolean {
  return optionsOf(format).some(([name]) => name === option);
}

function defaultsKey(key: string): string {
  return `${key}.defaults`;
}

function readAll(key: string): Readonly<Record<string, unknown>> {
  const all = guarded(() => JSON.parse(localStorage.getItem(optionsKey(key)) ?? "{}") as unknown);
  return typeof all === "object" && all !== null ? (all as Record<string, unknown>) : {};
}

function optionsKey(key: string): string {
  return `${key}.options`;
}
