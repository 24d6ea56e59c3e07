/** What a bundle holds of the locale files. */
import { join } from "node:path";

import type { Plugin } from "vite";

/** Gives the page the locale files that it fetches one by one, in place of those that the element holds. */
export function pageLocales(root: string): Plugin {
  return {
    name: "page-locales",
    enforce: "pre",
    apply: "build",
    resolveId: {
      filter: { id: /^\.\/locale-files\.ts$/ },
      handler: () => join(root, "src", "page", "locale-files.ts"),
    },
  };
}

/** Leaves out of the locale files what a bundle never says: the words of documents, of the command line, of the server. */
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
