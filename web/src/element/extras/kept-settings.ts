/** All that this browser keeps of a person's choices, as a settings document has it: gathered, put back, and undone. Never a token. */
import type { OptionValues } from "../../engine/protocol.ts";
import { guarded } from "../../storage.ts";
import { FORMATS } from "../formats.ts";
import { readDefaults, readOptions, writeDefaults, writeFormat } from "../preference.ts";
import { hasHiding, readHiding } from "../redaction.ts";

export type Settings = Readonly<Record<string, unknown>>;

const VERSION = 1;

/** The page's own, which an element elsewhere does not find. */
const PAGE = { locale: "py-export.language", theme: "py-export.theme", shortcuts: "py-export.single-keys" } as const;

/** Told to whoever shows what was put back. */
export const RESTORED = "py-export-settings";

/** What has been chosen; what has not is not there. */
export function keptSettings(key: string): Settings {
  const format = stored(key);
  const options = Object.fromEntries(FORMATS.map(({ id }) => [id, readOptions(key, id)] as const).filter(([, own]) => Object.keys(own).length > 0));
  const shortcuts = stored(PAGE.shortcuts);
  const settings = {
    format: FORMATS.find(({ id }) => id === format)?.id,
    options: Object.keys(options).length > 0 ? options : undefined,
    locale: stored(PAGE.locale) ?? undefined,
    theme: stored(PAGE.theme) ?? undefined,
    ...readDefaults(key),
    redaction: hasHiding(key) ? readHiding(key) : undefined,
    shortcuts: shortcuts === null ? undefined : shortcuts !== "off",
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** The same as a document, for the engine to lay out. */
export function settingsDocument(key: string, at: number): string {
  return JSON.stringify({ settingsVersion: VERSION, exportedAt: at, settings: keptSettings(key) });
}

/** Whether a text says that it is a settings document; the engine judges it. */
export function looksLikeSettings(text: string): boolean {
  return /^\s*\{[^]{0,2000}"settingsVersion"\s*:/.test(text);
}

/** Put settings in place of those that are kept: of valid ones, what they name. Gives what undoes it. */
export function putSettings(key: string, settings: Settings): () => void {
  const undo = remembered([key, `${key}.options`, `${key}.defaults`, `${key}.redaction`, ...Object.values(PAGE)]);
  const { format, options, locale, theme, timezone, filename, redaction, shortcuts } = settings;
  if (typeof format === "string") writeFormat(key, format as Parameters<typeof writeFormat>[1]);
  if (options !== undefined) store(`${key}.options`, JSON.stringify({ ...keptOptions(key), ...(options as Readonly<Record<string, OptionValues>>) }));
  if (typeof locale === "string") store(PAGE.locale, locale);
  if (typeof theme === "string") store(PAGE.theme, theme);
  if (typeof shortcuts === "boolean") store(PAGE.shortcuts, shortcuts ? "on" : "off");
  writeDefaults(key, { ...readDefaults(key), ...(typeof timezone === "string" && { timezone }), ...(typeof filename === "string" && { filename }) });
  if (redaction !== undefined) store(`${key}.redaction`, JSON.stringify({ ...readHiding(key), ...(redaction as object) }));
  globalThis.dispatchEvent(new Event(RESTORED));
  return () => {
    undo();
    globalThis.dispatchEvent(new Event(RESTORED));
  };
}

function keptOptions(key: string): Readonly<Record<string, unknown>> {
  return (keptSettings(key)["options"] ?? {}) as Readonly<Record<string, unknown>>;
}

/** What puts these back as they stand now. */
function remembered(keys: readonly string[]): () => void {
  const before = keys.map((key) => [key, stored(key)] as const);
  return () => {
    for (const [key, value] of before) {
      if (value === null) guarded(() => { localStorage.removeItem(key); });
      else store(key, value);
    }
  };
}

function stored(key: string): string | null {
  return guarded(() => localStorage.getItem(key));
}

function store(key: string, value: string): void {
  guarded(() => { localStorage.setItem(key, value); });
}
