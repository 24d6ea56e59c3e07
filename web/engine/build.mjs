// Builds the engine: Pyodide, one archive of bytecode, the optional parts and the worker, all from our own origin.
//
// pinned wheels (pip) -> resolved by micropip -> compiled and packed by Pyodide -> named by content -> the worker -> manifest
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

import { writeManifest } from "./manifest.mjs";
import { pack } from "./pack.mjs";
import { OUTPUT, PYODIDE } from "./paths.mjs";
import { resolve } from "./resolve.mjs";
import { fetchWheels, readPins } from "./wheels.mjs";
import { bundleWorker } from "./worker.mjs";

const wheels = await fetchWheels();
const lock = await resolve(wheels, await readPins());
const packed = await pack(wheels, lock);

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(join(OUTPUT, "parts"), { recursive: true });
const extension = (await readdir(packed.folder)).find((name) => name.endsWith(".so"));
await bundleWorker({
  runtime: await copyRuntime(),
  archive: await copyNamed(join(packed.folder, "core.zip")),
  extension: { file: await copyNamed(join(packed.folder, extension)), name: extension },
  parts: "parts/",
  lock: await copyParts(),
});
await copyFile(join(packed.folder, "LICENSES.txt"), join(OUTPUT, "LICENSES.txt"));
await writeManifest();

/** Pyodide looks for its own files by their names: its version is the folder's. */
async function copyRuntime() {
  const { version } = JSON.parse(await readFile(join(PYODIDE, "package.json"), "utf8"));
  const folder = `pyodide-${version}/`;
  await mkdir(join(OUTPUT, folder));
  for (const name of ["pyodide.asm.mjs", "pyodide.asm.wasm"]) await copyFile(join(PYODIDE, name), join(OUTPUT, folder, name));
  return folder;
}

/** Copy a file under a name that says its content, so that it can be kept for good. */
async function copyNamed(path) {
  const hash = await sha256(path);
  const name = `${basename(path, extname(path)).split(".")[0]}-${hash.slice(0, 16)}${extname(path)}`;
  await copyFile(path, join(OUTPUT, name));
  return name;
}

/** Copy the parts, and return the lock that names them, each with its hash; what the archive holds is no dependency any more. */
async function copyParts() {
  const packages = {};
  for (const name of packed.parts) {
    const entry = lock.packages[name];
    const path = join(packed.folder, entry.file_name);
    const depends = entry.depends.filter((each) => packed.parts.includes(each));
    packages[name] = { ...entry, sha256: await sha256(path), depends };
    await copyFile(path, join(OUTPUT, "parts", entry.file_name));
  }
  const frozen = { info: lock.info, packages };
  await writeFile(join(OUTPUT, "parts", "pyodide-lock.json"), `${JSON.stringify(frozen, null, 2)}\n`);
  return frozen;
}

async function sha256(path) {
  return createHash("sha256").update(await readFile(path)).digest("hex");
}
