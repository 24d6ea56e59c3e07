// Compiles and packs, inside Pyodide: the interpreter that will run the bytecode must write it.
import { mkdtemp, readFile } from "node:fs/promises";
import { join } from "node:path";

import { OMITTED } from "./omitted.mjs";
import { CACHE, HERE, PYODIDE, REPOSITORY } from "./paths.mjs";
import { startPyodide } from "./node-pyodide.mjs";

/**
 * What the archive holds beside py_export. Every other package is a part, added when first needed. Of Typst it has the module alone: its
 * shared library, which is nearly all of it, is fetched with the first PDF.
 */
const CORE = new Set([
  "linkify-it-py", "markdown-it-py", "mdurl", "msgspec", "typst", "wcwidth",
]);

/**
 * Write `core.zip`, the shared libraries, the parts and `LICENSES.txt` to a new folder.
 *
 * @param {string} wheels The folder of the wheels.
 * @param {{ packages: Record<string, { file_name: string }> }} lock What micropip resolved.
 * @returns {Promise<{ folder: string, parts: string[] }>} A temporary folder, and the names of the packages that are parts.
 */
export async function pack(wheels, lock) {
  const folder = await mkdtemp(join(CACHE, "packed-"));

  const names = Object.keys(lock.packages);
  const files = (chosen) => chosen.map((name) => lock.packages[name].file_name);
  const parts = names.filter((name) => !CORE.has(name));

  const pyodide = await startPyodide({ "/pyodide": PYODIDE, "/wheels": wheels, "/repository": REPOSITORY, "/out": folder });
  pyodide.runPython(await readFile(join(HERE, "pack.py"), "utf8"), { filename: "pack.py" });
  const core = names.filter((name) => CORE.has(name));
  pyodide.globals.get("pack")(...[files(core), files(parts), OMITTED].map((list) => pyodide.toPy(list)));
  return { folder, parts };
}
