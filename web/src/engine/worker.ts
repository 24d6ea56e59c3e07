// The worker: Python, started from the files beside it, behind a desk; by another name, the one that takes a picture of its memory.
import { loadPyodide } from "pyodide";

import type { Compiled, Order } from "./protocol.ts";
import { Shelf } from "./shelf.ts";
import { openDesk } from "./worker/desk.ts";
import type { Files } from "./worker/interpreter.ts";
import { MAKER, makeSnapshot } from "./worker/making.ts";
import { Start } from "./worker/start.ts";

/** Written in by the build. */
declare const ENGINE_FILES: Files;

const base = new URL(/* @vite-ignore */ ".", import.meta.url).href;
const shelf = new Shelf(base);

if (self.name === MAKER) void first().then(async (compiled) => makeSnapshot(shelf, new Start(loadPyodide, ENGINE_FILES, base, compiled)));
else void openDesk(self, first().then(async (compiled) => new Start(loadPyodide, ENGINE_FILES, base, compiled).run(shelf)));

/** What the page says first. Where it runs on another origin, that is heard before this module has come. */
async function first(): Promise<Compiled | undefined> {
  const { heard } = globalThis as { heard?: Promise<MessageEvent<Order>> };
  const { data } = await (heard ?? new Promise<MessageEvent<Order>>((resolve) => { self.onmessage = resolve; }));
  return data.type === "start" ? data.compiled : undefined;
}
