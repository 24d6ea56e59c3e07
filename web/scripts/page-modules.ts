/** What the page has of its own in place of a module of the element's: the element is one file, the page fetches what it needs when it needs it. */
import { join } from "node:path";

import type { Plugin } from "vite";

/** Modules of `src/element/`, each with one of the same name and the same exports in `src/page/`. */
const REPLACED = /^\.\/(locale-files|exporter-code|extra-code)\.ts$/;

export function pageModules(root: string): Plugin {
  return {
    name: "page-modules",
    enforce: "pre",
    apply: "build",
    resolveId: {
      filter: { id: REPLACED },
      handler: (id) => join(root, "src", "page", id),
    },
  };
}
