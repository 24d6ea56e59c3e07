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

/** Remember a format with what was changed of its options. */
export function writeChoice(key: string, format: Format, options: OptionValues): void {
  writeFormat(key, format);
  writeOptions(key, format, options);
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

function readAll(key: string): Readonly<Record<string, unknown>> {
  const all = guarded(() => JSON.parse(localStorage.getItem(optionsKey(key)) ?? "{}") as unknown);
  return typeof all === "object" && all !== null ? (all as Record<string, unknown>) : {};
}

function optionsKey(key: string): string {
  return `${key}.options`;
}
