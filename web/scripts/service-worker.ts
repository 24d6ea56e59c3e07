/** Builds `sw.js`: the service worker with the list of what it keeps, each file by its hash. */
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";

import { build } from "vite";

import type { File, Part, Version } from "../src/service-worker/files.ts";
import { PARTS, partOf } from "./engine-parts.ts";

interface EngineFile {
  path: string;
  bytes: number;
  sha256: string;
  /** Its name says what is in it. */
  immutable: boolean;
  encodings: { br?: number };
}

const SOURCE = "src/service-worker/sw.ts";
const META = '<meta name="application-version" content="">';

/** Write `sw.js` into `dist`, and the version into its `index.html`. Everything else must be built already. */
export async function writeServiceWorker(root: string, dist: string): Promise<void> {
  const code = await bundle(root, dist);
  const { files: engine } = JSON.parse(await readFile(join(dist, "engine", "manifest.json"), "utf8")) as { files: EngineFile[] };
  const files = await Promise.all((await shellPaths(dist)).map(async (path) => pageFile(dist, path, path)));

  const id = createHash("sha256").update(code).update(JSON.stringify([files, engine])).digest("hex").slice(0, 16);
  const parts = PARTS.map(({ name, needed }): Part => ({ name, needed, files: engine.filter(({ path }) => partOf(path) === name).map((file) => engineFile(file, id)) }));
  const document = join(dist, "index.html");
  const html = await readFile(document, "utf8");
  if (!html.includes(META)) throw new Error(`index.html has no ${META}`);
  await writeFile(document, html.replace(META, META.replace('""', `"${id}"`)));

  const shell = [
    // Asked for by its folder: some servers redirect from the file's own name.
    await pageFile(dist, "index.html", ""),
    ...files.filter(({ path }) => path !== "index.html"),
    await pageFile(dist, "engine/worker.js", `engine/worker.js?v=${id}`),
  ];
  const version: Version = { id, shell, parts };
  await writeFile(join(dist, "sw.js"), `const VERSION=${JSON.stringify(version)};\n${code}`);
}

/** All in one file, and as a script: Firefox takes no module here yet. */
async function bundle(root: string, dist: string): Promise<string> {
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    build: {
      outDir: dist,
      emptyOutDir: false,
      target: "es2023",
      reportCompressedSize: false,
      modulePreload: false,
      lib: { entry: SOURCE, formats: ["es"], fileName: () => "sw.js" },
      rolldownOptions: { output: { codeSplitting: false, minify: true } },
    },
  });
  const path = join(dist, "sw.js");
  const code = await readFile(path, "utf8");
  await rm(path);
  return code;
}

/** What the page is made of. Screenshots are for the system's dialog, the element for other pages; twins are of the same file. */
async function shellPaths(dist: string): Promise<string[]> {
  const found = await readdir(dist, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dist.length + 1).replaceAll("\\", "/"))
    .filter((path) => !/^(engine|element|screenshots)\/|\.(br|gz|map)$/.test(path))
    .toSorted();
}

async function pageFile(dist: string, name: string, path: string): Promise<File> {
  const data = await readFile(join(dist, name));
  return { path, integrity: integrity(createHash("sha256").update(data).digest("hex")), bytes: data.length, download: brotliCompressSync(data).length };
}

/** What has the same name in every version is asked for with the version's id. */
function engineFile({ path, bytes, sha256, immutable, encodings }: EngineFile, id: string): File {
  return { path: `engine/${path}${immutable ? "" : `?v=${id}`}`, integrity: integrity(sha256), bytes, download: encodings.br ?? bytes };
}

function integrity(hex: string): string {
  return `sha256-${Buffer.from(hex, "hex").toString("base64")}`;
}
