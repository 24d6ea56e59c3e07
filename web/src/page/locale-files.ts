/** The page's locale files, in place of the element's: English comes with the page, any other language when it is set. */
import en from "../../../py_export/locales/en.json" with { type: "json" };
import type { Locale } from "../element/words.ts";

type File = Readonly<Record<string, string>>;

/** Until a language has come, English stands in. */
export const FILES: Record<Locale, File> = { en, "zh-CN": en };

const FETCH: Record<Locale, (() => Promise<{ default: File }>) | null> = {
  en: null,
  "zh-CN": async () => import("../../../py_export/locales/zh-CN.json"),
};

/** Fetch a language's words. Where they cannot be had, English stays: a page in another language is better than none. */
export async function fetchLocale(locale: Locale): Promise<void> {
  try {
    FILES[locale] = (await FETCH[locale]?.())?.default ?? FILES[locale];
  } catch {
    // Asked for again when the language is set again.
  }
}
