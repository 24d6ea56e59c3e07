// Bundles what the engine runs beside the page into one module: it is fetched from where the engine's other files lie.
import { join } from "node:path";
import { build } from "vite";

import { OUTPUT, WEB } from "./paths.mjs";

/**
 * @param {string} entry Its source, below `src`.
 * @param {string} name The module's file.
 * @param {object} rolldownOptions How it differs from others.
 * @param {Record<string, string>} define What stands in the source for what is known now.
 */
export async function bundleModule(entry, name, rolldownOptions, define = {}) {
  await build({
    configFile: false,
    root: WEB,
    logLevel: "warn",
    define,
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2023",
      modulePreload: false,
      rolldownOptions,
      lib: { entry: join(WEB, "src", entry), formats: ["es"], fileName: () => name },
    },
  });
}
