/** What the npm package has beside its modules: their types, and the custom-elements manifest that editors read. */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "..");
const TOOLS = join(ROOT, "node_modules");
const MADE = join(ROOT, "build", "types");
const MADE_SOURCE = join(MADE, "web", "src");
const run = promisify(execFile);

interface Member {
  privacy?: string;
}
interface Declaration {
  superclass?: { name: string; module?: string };
  members?: Member[];
}
interface Manifest {
  schemaVersion: string;
  modules: { path: string; declarations: Declaration[]; exports: object[] }[];
}

/** Write the declarations that a user of the package can reach, and no others: the rest names files that are not in it. */
export async function writeTypes(target: string): Promise<void> {
  await rm(MADE, { recursive: true, force: true });
  await run(process.execPath, [join(TOOLS, "typescript/bin/tsc"), "-p", "tsconfig.types.json"], { cwd: ROOT });
  const waiting = [join(MADE_SOURCE, "element/session-export-menu-define.d.ts")];
  const seen = new Set(waiting);
  for (const path of waiting) {
    const text = await readFile(path, "utf8");
    const copy = join(target, relative(MADE_SOURCE, path));
    await mkdir(dirname(copy), { recursive: true });
    await cp(path, copy);
    for (const [, name] of text.matchAll(/(?:from|import\() ?["'](\.[^"']+)\.ts["']/g)) {
      const next = join(dirname(path), `${name ?? ""}.d.ts`);
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
}

/** Write the manifest: the class as the package exports it, without what is private. */
export async function writeManifest(target: string): Promise<void> {
  const folder = relative(ROOT, target);
  const source = "src/element/session-export-menu.ts";
  await run(process.execPath, [join(TOOLS, "@custom-elements-manifest/analyzer/cem.js"), "analyze", "--globs", source, "--outdir", folder, "--quiet"], { cwd: ROOT });
  const path = join(target, "custom-elements.json");
  const manifest = JSON.parse((await readFile(path, "utf8")).replaceAll(source, `${folder}/class.js`)) as Manifest;
  for (const { declarations } of manifest.modules) {
    for (const declaration of declarations) {
      declaration.superclass = { name: "HTMLElement" };
      declaration.members = declaration.members?.filter(({ privacy }) => privacy !== "private") ?? [];
    }
  }
  await writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);
}
