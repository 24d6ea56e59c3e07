// Builds the engine: Pyodide, one archive of bytecode, the optional parts and the worker, all from our own origin.
//
// pinned wheels (pip) -> resolved by micropip -> compiled and packed by Pyodide -> named by content -> compressed -> the workers -> manifest
import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

import { writeManifest } from "./manifest.mjs";
import { pack } from "./pack.mjs";
import { FONTS, OUTPUT, PYODIDE } from "./paths.mjs";
import { resolve } from "./resolve.mjs";
import { bundleVideo, videoLicences } from "./video.mjs";
import { fetchWheels, readPins } from "./wheels.mjs";
import { bundleWorker } from "./worker.mjs";

const wheels = await fetchWheels();
const lock = await resolve(wheels, await readPins());
const packed = await pack(wheels, lock);

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });
const libraries = (await readdir(packed.folder)).filter((name) => name.endsWith(".so"));
const [extension, typst] = [libraries.find((name) => name.startsWith("_core.")), libraries.find((name) => name.startsWith("_typst."))];
const files = {
  runtime: await copyRuntime(),
  archive: await copyNamed(join(packed.folder, "core.zip")),
  extension: { file: await copyNamed(join(packed.folder, extension)), name: extension },
  typst: { file: await copyNamed(join(packed.folder, typst)), name: typst },
  fonts: await copyFonts(),
  ...(await copyParts()),
};
// How much is fetched is told while it is: the worker knows the sizes of what is large.
const sizes = new Map((await writeManifest()).map((each) => [each.path, each]));
for (const each of [files.typst, ...Object.values(files.fonts).flat()]) {
  const { bytes, sha256, encodings } = sizes.get(each.file);
  Object.assign(each, { bytes, download: encodings.br ?? bytes, sha256 });
}
await bundleWorker(files);
await bundleVideo();
await writeFile(join(OUTPUT, "LICENSES.txt"), Buffer.concat([await readFile(join(packed.folder, "LICENSES.txt")), await videoLicences()]));
await writeManifest();
await rm(packed.folder, { recursive: true });

/** Pyodide looks for its own files by their names: what they are is said by their folder. */
async function copyRuntime() {
  const files = ["pyodide.asm.mjs", "pyodide.asm.wasm"];
  const { version } = JSON.parse(await readFile(join(PYODIDE, "package.json"), "utf8"));
  const folder = `pyodide-${version}-${await digest(files.map((name) => join(PYODIDE, name)))}/`;
  await mkdir(join(OUTPUT, folder));
  for (const name of files) await copyFile(join(PYODIDE, name), join(OUTPUT, folder, name));
  return folder;
}

/** Copy a file under a name that says its content, so that it can be kept for good. */
async function copyNamed(path, folder = "") {
  const name = `${folder}${basename(path).split(".")[0]}-${await digest([path])}${extname(path)}`;
  await copyFile(path, join(OUTPUT, name));
  return name;
}

/** Copy the fonts of PDFs, each folder of them a part that is fetched when a text needs it. */
async function copyFonts() {
  const parts = {};
  for (const part of (await readdir(FONTS)).sort()) {
    await mkdir(join(OUTPUT, "fonts", part), { recursive: true });
    const names = (await readdir(join(FONTS, part))).filter((name) => name.endsWith(".ttf")).sort();
    parts[part] = [];
    for (const name of names) parts[part].push({ file: await copyNamed(join(FONTS, part, name), `fonts/${part}/`), name });
  }
  return parts;
}

/** Copy the parts beside a lock that has each one's hash. What the archive holds is no dependency any more. */
async function copyParts() {
  const packages = {};
  for (const name of packed.parts) {
    const entry = lock.packages[name];
    const depends = entry.depends.filter((each) => packed.parts.includes(each));
    packages[name] = { ...entry, sha256: await sha256([join(packed.folder, entry.file_name)]), depends };
  }
  const frozen = { info: lock.info, packages };
  const file = join(packed.folder, "pyodide-lock.json");
  await writeFile(file, `${JSON.stringify(frozen, null, 2)}\n`);
  const folder = `parts-${await digest([file])}/`;
  await mkdir(join(OUTPUT, folder));
  for (const name of ["pyodide-lock.json", ...Object.values(packages).map((each) => each.file_name)]) {
    await copyFile(join(packed.folder, name), join(OUTPUT, folder, name));
  }
  return { parts: folder, lock: frozen };
}

/** Long enough to tell two builds apart, short enough to read. */
async function digest(paths) {
  return (await sha256(paths)).slice(0, 16);
}

async function sha256(paths) {
  const hash = createHash("sha256");
  for (const path of paths) hash.update(await readFile(path));
  return hash.digest("hex");
}
