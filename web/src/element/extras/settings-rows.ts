/** Settings as rows for a person: what each is called, and what it is set to. */
import type { OptionValues } from "../../engine/protocol.ts";
import { kindKey, type Kind } from "../kinds.ts";
import type { Settings } from "./kept-settings.ts";
import type { Words } from "../words.ts";

export interface Change {
  readonly name: string;
  /** Null is not chosen. */
  readonly before: string | null;
  readonly after: string;
}

/** What these settings would change, row by row, in the order of the document. */
export function changes(before: Settings, after: Settings, words: Words): Change[] {
  const now = rows(before, words);
  return [...rows(after, words)].flatMap(([id, { name, value }]) => {
    const old = now.get(id)?.value ?? null;
    return old === value ? [] : [{ name, before: old, after: value }];
  });
}

interface Row {
  readonly name: string;
  readonly value: string;
}

function rows(settings: Settings, words: Words): Map<string, Row> {
  const { t, find } = words;
  const found = new Map<string, Row>();
  const add = (id: string, name: string, value: string | undefined): void => {
    if (value !== undefined) found.set(id, { name, value });
  };
  const text = (name: string): string | undefined => typeof settings[name] === "string" ? settings[name] : undefined;
  const told = (value: string | undefined, look: (value: string) => string | undefined): string | undefined => value === undefined ? undefined : (look(value) ?? value);
  add("format", t("ui.settings_format"), told(text("format"), (value) => find(`format.${value}`)));
  for (const [format, options] of Object.entries((settings["options"] ?? {}) as Readonly<Record<string, OptionValues>>)) {
    for (const [option, value] of Object.entries(options)) {
      const shown = typeof value === "boolean" ? yesOrNo(value, words) : (find(`ui.option_${option}_${String(value)}`) ?? String(value));
      add(`options.${format}.${option}`, `${find(`format.${format}`) ?? format} · ${find(`ui.option_${option}`) ?? option}`, shown);
    }
  }
  add("locale", t("ui.language"), languageName(text("locale")));
  add("theme", t("ui.theme"), told(text("theme"), (value) => find(`ui.theme_${value}`)));
  add("timezone", t("ui.settings_zone"), text("timezone"));
  add("filename", t("ui.settings_filename"), text("filename"));
  const { mode, kinds, patterns } = (settings["redaction"] ?? {}) as { mode?: string; kinds?: readonly Kind[]; patterns?: readonly string[] };
  add("mode", t("ui.redact"), told(mode, (value) => find(`ui.redact_${value}`)));
  add("kinds", t("ui.redact_what"), kinds === undefined ? undefined : listed(kinds.map((kind) => find(kindKey(kind)) ?? kind), words));
  add("patterns", t("ui.redact_patterns"), patterns === undefined ? undefined : patterns.join("\n") || t("ui.settings_none"));
  const { shortcuts } = settings;
  add("shortcuts", t("ui.single_keys"), typeof shortcuts === "boolean" ? yesOrNo(shortcuts, words) : undefined);
  return found;
}

function listed(names: readonly string[], { t, locale }: Words): string {
  return names.length === 0 ? t("ui.settings_none") : new Intl.ListFormat(locale).format(names);
}

function yesOrNo(value: boolean, { t }: Words): string {
  return t(value ? "ui.yes" : "ui.no");
}

/** In itself: whoever needs it can read it. */
function languageName(tag: string | undefined): string | undefined {
  return tag === undefined ? undefined : (new Intl.DisplayNames(tag, { type: "language" }).of(tag) ?? tag);
}
