// Lists what was built, each file with its hash, and lays compressed twins beside what compresses.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

import { CACHE, OUTPUT } from "./paths.mjs";

const MEDIA_TYPES = {
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".so": "application/wasm",
  ".ttf": "font/ttf",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".whl": "application/zip",
  ".zip": "application/zip",
};

const ENCODINGS = {
  br: (data, level) =>
    promisify(brotliCompress)(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: level,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
  gz: (data) => promisify(gzip)(data, { level: 9 }),
};

/** What comes with the first PDF, large as it is: whoever does not take br - over plain HTTP, from another machine - takes it as it is. */
const HEAVY = /^(_typst-|fonts\/)/;

/**
 * The best level takes half a minute for what is large. Pyodide's files change with its version alone: it is worth it, an eighth of them, once.
 * Of Typst, which takes a minute at level 9, every level below leaves a third more.
 */
const levelOf = (path, data) => (data.length > 1 << 20 && !path.startsWith("pyodide-") ? 9 : 11);

/** Names that stay from build to build; every other name changes with its content, and may be kept for good. */
const STABLE = new Set(["worker.js", "video.js", "LICENSES.txt"]);

/** Write `manifest.json`: `{ files: [{ path, bytes, sha256, mediaType, immutable, encodings: { br, gz } }] }`; gives the files. */
export async function writeManifest() {
  const names = await readdir(OUTPUT, { recursive: true, withFileTypes: true });
  const paths = names.filter((name) => name.isFile()).map((name) => relative(OUTPUT, join(name.parentPath, name.name)));
  const own = paths.filter((path) => path !== "manifest.json" && !/\.(br|gz)$/.test(path));
  const files = await Promise.all(own.sort().map(describe));
  await writeFile(join(OUTPUT, "manifest.json"), `${JSON.stringify({ files }, null, 2)}\n`);
  return files;
}

async function describe(path) {
  const data = await readFile(join(OUTPUT, path));
  const sha256 = createHash("sha256").update(data).digest("hex");
  const encodings = {};
  for (const [suffix, compress] of Object.entries(ENCODINGS)) {
    if (suffix === "gz" && HEAVY.test(path)) continue;
    const twin = await compressed(`${sha256}-${levelOf(path, data)}.${suffix}`, async () => compress(data, levelOf(path, data)));
    if (twin.length > data.length * 0.9) continue;
    await writeFile(join(OUTPUT, `${path}.${suffix}`), twin);
    encodings[suffix] = twin.length;
  }
  return {
    path: path.split(sep).join("/"),
    bytes: data.length,
    sha256,
    mediaType: MEDIA_TYPES[extname(path)],
    immutable: !STABLE.has(path),
    encodings,
  };
}

async function compressed(name, compress) {
  const folder = join(CACHE, "compressed");
  const path = join(folder, name);
  try {
    return await readFile(path);
  } catch {
    const twin = await compress();
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.unfinished`, twin);
    await rename(`${path}.unfinished`, path);
    return twin;
  }
}
