// Bundles the video's worker into one module beside the engine's: it is fetched when a video is first asked for.
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";

import { OUTPUT, WEB } from "./paths.mjs";

/** Where the muxer's own module is: two folders below its package. */
const MUXER = join(dirname(fileURLToPath(import.meta.resolve("mediabunny"))), "..", "..", "..");

export async function bundleVideo() {
  await build({
    configFile: false,
    root: WEB,
    logLevel: "warn",
    build: {
      outDir: OUTPUT,
      emptyOutDir: false,
      copyPublicDir: false,
      target: "es2023",
      modulePreload: false,
      rolldownOptions: { output: { codeSplitting: false, minify: true } },
      lib: { entry: join(WEB, "src", "video", "worker.ts"), formats: ["es"], fileName: () => "video.js" },
    },
  });
}

/** What the muxer's licence asks to be handed on: its text, and where its source is. */
export async function videoLicences() {
  const { name, version, license, homepage, repository } = JSON.parse(await readFile(join(MUXER, "package.json"), "utf8"));
  const source = homepage ?? repository?.url ?? repository ?? `the npm package ${name}`;
  const head = `\n== ${name} ${version} (${license}), in video.js; its source: ${source}\n`;
  return Buffer.concat([Buffer.from(head), await readFile(join(MUXER, "LICENSE"))]);
}
