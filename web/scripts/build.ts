/** Builds the page and the element into `dist/`, and leaves `dist/engine`, which has a build of its own, as it is. */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";

import { build, type InlineConfig } from "vite";

import { writeAppManifests } from "./app-manifest.ts";
import { compressAll } from "./compress.ts";
import { CSS_TARGET } from "./css-target.ts";
import { writeIcons } from "./icons.ts";
import { localeSubset } from "./locale-subset.ts";
import { writeManifest, writeTypes } from "./package.ts";
import { writeServiceWorker } from "./service-worker.ts";

const ROOT = join(import.meta.dirname, "..");
const DIST = join(ROOT, "dist");
const ELEMENT = join(DIST, "element");
/** What the one script tag loads, and what it fetches from beside it when that is first needed. */
const BUNDLE = "session-export-menu.js";
const LATER = "extras.js";
const CLASS = "src/element/session-export-menu.ts";
/** Fetched from beside it when it is first needed, with words of its own. */
const EXTRAS = join(ROOT, "src", "element", "extras");
const DEFINE = "src/element/session-export-menu-define.ts";

await clear();
await build({ configFile: join(ROOT, "vite.config.ts"), logLevel: "warn" });
await build(library("session-export-menu", DEFINE));
await build(library("extras", "src/element/extras/index.ts"));
// The package's two modules: the class alone, and the one that registers it and imports the first.
await build(library("class", CLASS));
await build(library("session-export-menu-define", DEFINE, { [resolve(ROOT, CLASS)]: "./class.js" }));
await writeTypes(join(ELEMENT, "types"));
await writeManifest(ELEMENT);
await writeIntegrity();
await writeIcons(join(ROOT, "public", "favicon.svg"), join(DIST, "icons"));
await writeAppManifests(join(ROOT, "..", "py_export", "locales"), DIST);
// Last: it lists all that was built, and writes the version of it all into the document.
await writeServiceWorker(ROOT, DIST);
await compressAll(DIST, false);
await compressAll(join(DIST, "assets"), true);
await compressAll(ELEMENT, false);
await report();

/** One ES module, whole but for the modules in `paths`, which are imported from there. */
function library(name: string, entry: string, paths: Record<string, string> = {}): InlineConfig {
  return {
    configFile: false,
    root: ROOT,
    logLevel: "warn",
    publicDir: false,
    plugins: [name === "extras" ? localeSubset([EXTRAS]) : localeSubset([join(ROOT, "src", "element"), join(ROOT, "src", "engine")], EXTRAS)],
    build: {
      outDir: ELEMENT,
      emptyOutDir: false,
      target: "es2023",
      cssTarget: CSS_TARGET,
      reportCompressedSize: false,
      lib: { entry, formats: ["es"], fileName: () => `${name}.js` },
      rolldownOptions: { external: Object.keys(paths), output: { codeSplitting: false, minify: true, paths } },
    },
  };
}

async function clear(): Promise<void> {
  await mkdir(DIST, { recursive: true });
  for (const name of await readdir(DIST)) {
    if (name !== "engine") await rm(join(DIST, name), { recursive: true });
  }
}

async function writeIntegrity(): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const name of [BUNDLE, LATER]) {
    hashes[name] = `sha384-${createHash("sha384").update(await readFile(join(ELEMENT, name))).digest("base64")}`;
    console.log(`${name}  integrity="${hashes[name]}"`);
  }
  await writeFile(join(ELEMENT, "integrity.json"), `${JSON.stringify(hashes, null, 2)}\n`);
}

async function report(): Promise<void> {
  for (const folder of ["assets", "element"]) {
    for (const name of (await readdir(join(DIST, folder))).toSorted()) {
      if (!/\.(js|css)$/.test(name)) continue;
      const bytes = await readFile(join(DIST, folder, name));
      console.log(`${folder}/${name}  ${bytes.length} bytes, ${gzipSync(bytes, { level: 9 }).length} gzipped`);
    }
  }
}
