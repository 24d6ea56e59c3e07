/** Language, theme and single keys: the browser's or on, until a person chooses; remembered where storage allows it. */
import { LOCALES, resolve, wordsFor, type Locale, type Words } from "../element/words.ts";
import { guarded } from "../storage.ts";
import { fetchLocale } from "./locale-files.ts";

const LANGUAGE_KEY = "py-export.language";
const THEME_KEY = "py-export.theme";
const SINGLE_KEYS_KEY = "py-export.single-keys";

export const THEMES = ["auto", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

let language = stored(LANGUAGE_KEY, LOCALES) ?? resolve(preferred());
let theme = stored(THEME_KEY, THEMES) ?? "auto";
let signs = stored(SINGLE_KEYS_KEY, ["on", "off"]) !== "off";

export function currentWords(): Words {
  return wordsFor(language);
}

export function currentTheme(): Theme {
  return theme;
}

/** Fetch the words of the language that is set. */
export async function fetchWords(): Promise<void> {
  await fetchLocale(language);
}

export async function setLanguage(chosen: Locale): Promise<void> {
  store(LANGUAGE_KEY, chosen);
  await fetchLocale(chosen);
  language = chosen;
  applySettings();
}

export function setTheme(chosen: Theme): void {
  theme = chosen;
  store(THEME_KEY, chosen);
  applySettings();
}

/** Whether a sign alone is a shortcut. */
export function singleKeys(): boolean {
  return signs;
}

export function setSingleKeys(on: boolean): void {
  signs = on;
  store(SINGLE_KEYS_KEY, on ? "on" : "off");
}

export function applySettings(): void {
  document.documentElement.lang = language;
  document.documentElement.dataset["theme"] = theme;
}

/** The first of the browser's languages that ships, else its first. */
function preferred(): string {
  const shipped = new Set(LOCALES.map((locale) => locale.split("-")[0]));
  return navigator.languages.find((tag) => shipped.has(tag.split("-")[0] ?? tag)) ?? navigator.language;
}

function stored<T extends string>(key: string, known: readonly T[]): T | undefined {
  const value = guarded(() => localStorage.getItem(key));
  return known.find((one) => one === value);
}

/** Take what stands in the storage now: a settings file was put there, or undone. Gives whether the language is another. */
export async function settingsRestored(): Promise<boolean> {
  const before = language;
  theme = stored(THEME_KEY, THEMES) ?? "auto";
  signs = stored(SINGLE_KEYS_KEY, ["on", "off"]) !== "off";
  const wanted = stored(LANGUAGE_KEY, LOCALES) ?? resolve(preferred());
  await fetchLocale(wanted);
  language = wanted;
  applySettings();
  return language !== before;
}

function store(key: string, value: string): void {
  guarded(() => {
    localStorage.setItem(key, value);
  });
}
