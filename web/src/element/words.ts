/** The words of both locales, from the same flat JSON files that the library reads; the only place that looks them up. */
import { FILES } from "./locale-files.ts";

type Entry = keyof (typeof FILES)["en"];
/** A key of the locale files, without the plural category it may end in; a word that does not exist is a type error. */
export type Key = Entry extends infer K ? (K extends `${infer Base}.one` | `${infer Base}.other` ? Base : K) : never;
export type Params = Readonly<Record<string, string | number>>;

export type Locale = keyof typeof FILES;
export const LOCALES = Object.keys(FILES) as Locale[];

export interface Words {
  readonly locale: Locale;
  /** The text of a key, its `{names}` filled; numbers are written as the locale writes them. `count` chooses the plural. */
  readonly t: (key: Key, params?: Params) => string;
  /** The same for a key that is known only at run time (`notice.<code>`); undefined where no file has it. */
  readonly find: (key: string, params?: Params) => string | undefined;
}

const made = new Map<Locale, Words>();

/** The words of the shipped locale nearest to a BCP 47 tag. */
export function wordsFor(tag: string): Words {
  const locale = resolve(tag);
  let words = made.get(locale);
  if (words === undefined) made.set(locale, (words = makeWords(locale)));
  return words;
}

/** The tag itself, else a shipped locale of the same language, else English; as `py_export.l10n.resolve` decides it. */
export function resolve(tag: string): Locale {
  const wanted = tag.replaceAll("_", "-").toLowerCase();
  const language = wanted.split("-")[0];
  return (
    LOCALES.find((locale) => locale.toLowerCase() === wanted) ??
    LOCALES.find((locale) => locale.toLowerCase().split("-")[0] === language) ??
    "en"
  );
}

/** The language an element inherits: the nearest `lang`, through shadow roots, else the browser's. */
export function languageOf(element: Element): string {
  let at: Element | null = element;
  while (at !== null) {
    const owner: Element | null = at.closest("[lang]");
    const lang = owner?.getAttribute("lang");
    if (lang !== null && lang !== undefined && lang !== "") return lang;
    const root: Node = (owner ?? at).getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}

function makeWords(locale: Locale): Words {
  // Made once: constructing an Intl object costs more than using it a thousand times.
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale);
  const find = (key: string, params: Params = {}): string | undefined => {
    // Looked up each time: a page fetches a language that it did not start with.
    const file: Readonly<Record<string, string>> = FILES[locale];
    const count = params["count"];
    const text =
      file[key] ?? (typeof count === "number" ? (file[`${key}.${plural.select(count)}`] ?? file[`${key}.other`]) : undefined);
    return text?.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
      const value = params[name];
      return value === undefined ? place : typeof value === "number" ? number.format(value) : value;
    });
  };
  return { locale, find, t: (key, params) => find(key, params) ?? key };
}
