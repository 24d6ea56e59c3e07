// Bundles the worker into one module; the names of the other files are written into it.
import { join } from "node:path";
import { build } from "vite";

import { OUTPUT, WEB } from "./paths.mjs";

/** @param {object} files What `worker/interpreter.ts` calls Files. */
export async function bundleWorker(files) {
  await build({
    configFile: false,
    root: WEB,
    logLevel: "warn",
    define: { ENGINE_FILES: JSON.stringify(files) },
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2023",
      modulePreload: false,
      // Pyodide's way for Node: never taken in a browser.
      rolldownOptions: { external: /^(node:|ws$)/, output: { codeSplitting: false } },
      lib: { entry: join(WEB, "src", "engine", "worker.ts"), formats: ["es"], fileName: () => "worker.js" },
    },
  });
}
