/** Lays a brotli and a gzip twin beside every text that was built, for a server that sends the one a browser accepts. */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TEXTS = new Set([".css", ".html", ".js", ".json", ".svg", ".webmanifest"]);
/** Below this a packet is not saved. */
const WORTH_BYTES = 1024;

export async function compressAll(folder: string, recursive: boolean): Promise<void> {
  for (const entry of await readdir(folder, { recursive, withFileTypes: true })) {
    if (!entry.isFile() || !TEXTS.has(extname(entry.name))) continue;
    const path = join(entry.parentPath, entry.name);
    const data = await readFile(path);
    if (data.length < WORTH_BYTES) continue;
    await writeFile(`${path}.gz`, gzipSync(data, { level: 9 }));
    await writeFile(`${path}.br`, brotliCompressSync(data, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: data.length } }));
  }
}
