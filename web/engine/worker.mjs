// Bundles the worker into one module; the names of the other files are written into it, and then its own.
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { bundleModule } from "./module.mjs";
import { OUTPUT } from "./paths.mjs";

/** Stands for the hash of the module while that is not known. */
const NAME = "the name of this build";

/** @param {object} files What `worker/interpreter.ts` calls Files. */
export async function bundleWorker(files) {
  await bundleModule(
    "engine/worker.ts",
    "worker.js",
    // Pyodide's way for Node: never taken in a browser.
    { external: /^(node:|ws$)/, output: { codeSplitting: false } },
    { ENGINE_FILES: JSON.stringify(files), ENGINE_BUILD: JSON.stringify(NAME) },
  );
  const path = join(OUTPUT, "worker.js");
  const code = await readFile(path, "utf8");
  if (!code.includes(NAME)) throw new Error("the worker has no place for its name");
  await writeFile(path, code.replaceAll(NAME, createHash("sha256").update(code).digest("hex")));
}
