/** The words of what is fetched later, which the element's own do not hold: its own come first, then those that came with this. */
import { wordsFor, type Words } from "../words.ts";

export function extraWords(words: Words): Words {
  const own = wordsFor(words.locale);
  const find: Words["find"] = (key, params) => words.find(key, params) ?? own.find(key, params);
  return { locale: words.locale, find, t: (key, params) => find(key, params) ?? key };
}
