/** What a bundle holds of the locale files. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import type { Plugin } from "vite";

/** A key in the code, and the beginning of one that is put together at run time (`ui.theme_${name}`). */
const KEY = /["'`]((?:ui|filter|format|notice|script|error|event)\.[\w.-]+)["'`]/g;
const BEGINNING = /["'`]((?:ui|filter|format|notice|script|error|event)[\w.-]*[._-])\$\{/g;
const PLURAL = /\.(one|other)$/;
/** What can go wrong on the command line alone, as the library names it. */
const COMMANDS = join(import.meta.dirname, "..", "..", "py_export", "commands", "failures.py");
const CODE = /^ {4}code = "(\w+)"$/gm;

/** Leaves out of the locale files what the code in these folders never says: the words of other programs, and of other parts of this one. */
export function localeSubset(folders: readonly string[], but: string | null = null): Plugin {
  const code = folders.flatMap(sources).filter((path) => but === null || !path.startsWith(but)).map((path) => readFileSync(path, "utf8")).join("\n");
  const keys = new Set(Array.from(code.matchAll(KEY), ([, key = ""]) => key));
  const beginnings = Array.from(code.matchAll(BEGINNING), ([, beginning = ""]) => beginning);
  const elsewhere = new Set(Array.from(readFileSync(COMMANDS, "utf8").matchAll(CODE), ([, code = ""]) => `error.${code}`));
  const begun = (key: string): boolean => !elsewhere.has(key) && beginnings.some((one) => key.startsWith(one));
  const said = (key: string): boolean => keys.has(key) || keys.has(key.replace(PLURAL, "")) || begun(key);
  return {
    name: "locale-subset",
    enforce: "pre",
    transform: {
      filter: { id: /py_export\/locales\/[\w-]+\.json$/ },
      handler(text) {
        const words = JSON.parse(text) as Record<string, string>;
        return { code: JSON.stringify(Object.fromEntries(Object.entries(words).filter(([key]) => said(key)))), map: null };
      },
    },
  };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}
