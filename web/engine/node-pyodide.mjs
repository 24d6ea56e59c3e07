// Pyodide under Node, as the build needs it: without a package index, and the same at every start.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { loadPyodide } from "pyodide";

import { CACHE, PYODIDE } from "./paths.mjs";

/** Start an interpreter that sees each folder of `mounts` (a path inside to a path outside). */
export async function startPyodide(mounts) {
  const { info } = JSON.parse(await readFile(join(PYODIDE, "pyodide-lock.json"), "utf8"));
  const pyodide = await loadPyodide({
    // npm's own lock names files on a CDN: where one is missing, it would be looked for there.
    lockFileContents: { info, packages: {} },
    packageBaseUrl: `${CACHE}/`,
    // The order of a set's items goes into the bytecode.
    env: { PYTHONHASHSEED: "0", TZ: "UTC" },
  });
  for (const [inside, outside] of Object.entries(mounts)) {
    pyodide.FS.mkdirTree(inside);
    pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: outside }, inside);
  }
  return pyodide;
}
