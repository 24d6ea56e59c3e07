// Bundles the video's worker into one module beside the engine's: it is fetched when a video is first asked for.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { bundleModule } from "./module.mjs";

/** Where the muxer's own module is: two folders below its package. */
const MUXER = join(dirname(fileURLToPath(import.meta.resolve("mediabunny"))), "..", "..", "..");

export async function bundleVideo() {
  await bundleModule("video/worker.ts", "video.js", { output: { codeSplitting: false, minify: true } });
}

/** What the muxer's licence asks to be handed on: its text, and where its source is. */
export async function videoLicences() {
  const { name, version, license, homepage, repository } = JSON.parse(await readFile(join(MUXER, "package.json"), "utf8"));
  const source = homepage ?? repository?.url ?? repository ?? `the npm package ${name}`;
  const head = `\n== ${name} ${version} (${license}), in video.js; its source: ${source}\n`;
  return Buffer.concat([Buffer.from(head), await readFile(join(MUXER, "LICENSE"))]);
}
