/** The icons of the installed app, all drawn from one SVG: the page's own `favicon.svg`. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { initWasm, Resvg } from "@resvg/resvg-wasm";

export interface Icon {
  name: string;
  /** What a launcher may do with it: show it as it is, cut a shape out of it, or take its outline alone. */
  purpose: "any" | "maskable" | "monochrome";
  /** Pixels of each side; null for SVG. */
  size: number | null;
}

export const ICONS: readonly Icon[] = [
  { name: "icon-192.png", purpose: "any", size: 192 },
  { name: "icon-512.png", purpose: "any", size: 512 },
  { name: "icon.svg", purpose: "any", size: null },
  { name: "maskable-512.png", purpose: "maskable", size: 512 },
  { name: "maskable.svg", purpose: "maskable", size: null },
  { name: "monochrome-512.png", purpose: "monochrome", size: 512 },
  { name: "monochrome.svg", purpose: "monochrome", size: null },
];
/** Of no manifest: iOS takes it from the document, and cuts the corners itself. */
const TOUCH: Icon = { name: "touch-180.png", purpose: "maskable", size: 180 };

/** Write every icon into a folder. */
export async function writeIcons(source: string, folder: string): Promise<void> {
  const svg = await readFile(source, "utf8");
  await mkdir(folder, { recursive: true });
  await initWasm(await readFile(createRequire(import.meta.url).resolve("@resvg/resvg-wasm/index_bg.wasm")));
  for (const { name, purpose, size } of [...ICONS, TOUCH]) {
    const drawn = variant(svg, purpose);
    await writeFile(join(folder, name), size === null ? drawn : new Resvg(drawn, { fitTo: { mode: "width", value: size } }).render().asPng());
  }
}

/** The source as a launcher needs it. Launchers draw on grounds of their own: the dark scheme's colours are for tabs alone. */
export function variant(svg: string, purpose: Icon["purpose"]): string {
  const plain = cut(svg, /\n\s*@media \(prefers-color-scheme: dark\) \{.*\}(?=\n)/, "");
  // A maskable icon has no corners of its own: what is cut away is more than a fifth. The mark keeps within the safe circle.
  if (purpose === "maskable") return cut(plain, / rx="8"/, "");
  if (purpose === "monochrome") return cut(cut(plain, /\n\s*<rect [^>]*>/, ""), /stroke: #fff/, "stroke: #000");
  return plain;
}

function cut(text: string, pattern: RegExp, by: string): string {
  if (!pattern.test(text)) throw new Error(`the icon's source has changed: ${pattern.source} is not in it`);
  return text.replace(pattern, by);
}
