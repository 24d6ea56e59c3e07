// The worker: Python, started from the files beside it, behind a desk; by another name, the one that takes a picture of its memory.
import { loadPyodide } from "pyodide";

import type { Compiled } from "./protocol.ts";
import { Shelf } from "./shelf.ts";
import { openDesk } from "./worker/desk.ts";
import type { Files } from "./worker/interpreter.ts";
import { MAKER, makeSnapshot } from "./worker/making.ts";
import type { Create } from "./worker/snapshot.ts";
import { Start } from "./worker/start.ts";

/** Written in by the build. */
declare const ENGINE_FILES: Files;

const base = new URL(/* @vite-ignore */ ".", import.meta.url).href;
const shelf = new Shelf(base);

// Pyodide would come to import it only once it has looked at everything else.
// eslint-disable-next-line no-unsanitized/method -- the folder of this module, and a name that the build has written
const create = import(/* @vite-ignore */ `${base}${ENGINE_FILES.runtime}pyodide.asm.mjs`).then(({ default: own }: { default: Create }) => own);
// Whoever waits for it hears of it.
create.catch(() => undefined);

const starting = first().then((compiled) => new Start(loadPyodide, create, ENGINE_FILES, base, compiled));
if (self.name === MAKER) void starting.then(async (start) => makeSnapshot(shelf, start));
else void openDesk(self, starting.then(async (start) => start.run(shelf)));

/** What the page says first. Where it runs on another origin, that is heard before this module has come. */
async function first(): Promise<Compiled | undefined> {
  const { heard } = self as { heard?: Promise<MessageEvent<Compiled | undefined>> };
  const { data } = await (heard ?? new Promise<MessageEvent<Compiled | undefined>>((resolve) => { self.onmessage = resolve; }));
  return data;
}
