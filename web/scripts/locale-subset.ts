/** Leaves out of the locale files what a bundle never says: the words of documents, of the command line, of the server. */
import type { Plugin } from "vite";

export function localeSubset(kept: RegExp): Plugin {
  return {
    name: "locale-subset",
    enforce: "pre",
    transform: {
      filter: { id: /py_export\/locales\/[\w-]+\.json$/ },
      handler(code) {
        const words = JSON.parse(code) as Record<string, string>;
        return { code: JSON.stringify(Object.fromEntries(Object.entries(words).filter(([key]) => kept.test(key)))), map: null };
      },
    },
  };
}
