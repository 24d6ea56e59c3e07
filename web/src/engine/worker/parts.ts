// Adds the optional parts that an export needs, with micropip, from our own origin and by our own lock.
import type { PyodideAPI } from "pyodide";

import type { ExportRequest, SecretsRequest } from "../protocol.ts";

/** What is used of micropip. */
interface Micropip {
  set_index_urls: (urls: string[]) => void;
  install: (names: string[]) => Promise<void>;
  destroy: () => void;
}

/** What a format needs beside the archive. (markdown-it looks for linkify-it-py once, when it is imported: that is in it.) */
const OF_FORMAT: Readonly<Record<string, readonly string[]>> = {
  html: ["jinja2", "markupsafe", "pygments"],
  player: ["jinja2", "markupsafe", "pygments"],
};

/** Return the packages that the archive does not hold and this export, or a look at what it would hide, needs. */
export function partsFor(request: ExportRequest | SecretsRequest): string[] {
  const zone = request.options?.["timezone"];
  return [...("to" in request ? (OF_FORMAT[request.to] ?? []) : []), ...(zone === undefined || zone === "UTC" ? [] : ["tzdata"])];
}

const installed = new Set<string>();
/** Settles when nothing is being installed: an export that did not wait for its parts may have left them on their way. */
let installing: Promise<void> = Promise.resolve();

/** Install packages of the lock; once is enough. Rejects where a file does not load or is not the one that was built. */
export async function installParts(python: PyodideAPI, names: string[]): Promise<void> {
  if (names.every((name) => installed.has(name))) return;
  const turn = installing.then(async () => install(python, names.filter((name) => !installed.has(name))));
  installing = turn.catch(() => undefined);
  await turn;
}

async function install(python: PyodideAPI, missing: string[]): Promise<void> {
  if (missing.length === 0) return;
  const quiet = { messageCallback: () => undefined, errorCallback: () => undefined };
  await python.loadPackage("micropip", quiet);
  const micropip = python.pyimport("micropip") as Micropip;
  try {
    // Where a name is not in the lock, micropip must not go and ask an index elsewhere.
    micropip.set_index_urls([]);
    await micropip.install(missing);
    // Where a file does not load, neither says so.
    const loaded = Object.keys(python.loadedPackages).map((name) => name.toLowerCase());
    for (const name of missing) {
      if (!loaded.includes(name)) throw new Error(`part not installed: ${name}`);
      installed.add(name);
    }
  } finally {
    micropip.destroy();
  }
}
