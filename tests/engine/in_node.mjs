// Runs the built engine under Node, behind the worker's own modules: what stands on standard input as JSON is done, the answer is
// JSON too. `{ exports: [{ file, request }] }` -> `{ exports: [{ result, base64 } | { failure }] }`, `{ python }` -> `{ python }`,
// `{ parts: [name] }` -> `{ refused?, fetched }`. With `{ snapshot: true }` by an interpreter that comes from a picture of memory.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { pathToFileURL } from "node:url";

import { breathe } from "../../web/src/engine/worker/breathe.ts";
import { runExport } from "../../web/src/engine/worker/export.ts";
import { bytesAlone } from "../../web/src/engine/worker/handles.ts";
import { startInterpreter, startPython } from "../../web/src/engine/worker/interpreter.ts";
import { picture } from "../../web/src/engine/worker/making.ts";
import { filed, unfiled } from "../../web/src/engine/worker/snapshot-file.ts";
import { installParts, partsFor } from "../../web/src/engine/worker/parts.ts";
import { exportSet } from "../../web/src/engine/worker/set.ts";

const web = join(import.meta.dirname, "..", "..", "web");
const engine = join(web, "dist", "engine", "/");
const { loadPyodide } = await import(pathToFileURL(createRequire(join(web, "package.json")).resolve("pyodide/pyodide.mjs")));

// The names of the files stand in the built worker, and nowhere else.
const worker = await readFile(join(engine, "worker.js"), "utf8");
const { files } = JSON.parse(await readFile(join(engine, "manifest.json"), "utf8"));
const find = (pattern) => files.find(({ path }) => pattern.test(path) && worker.includes(path.split("/")[0])).path;
const lockFile = find(/^parts-.*lock\.json$/);

// What the worker fetches is on this disk.
const { fetch: fetchAway } = globalThis;
globalThis.fetch = async (url, ...rest) => {
  if (!String(url).startsWith(engine)) return fetchAway(url, ...rest);
  return new Response(await readFile(url));
};
const sized = ({ path, bytes, sha256 }) => ({ file: path, name: path.replace(/^.*\//, "").replace(/-[0-9a-f]{16}/, ""), bytes, download: bytes, sha256 });
const fonts = Object.groupBy(files.filter(({ path }) => path.startsWith("fonts/")), ({ path }) => path.split("/")[1]);

const runtime = find(/^pyodide-.*\.wasm$/).replace(/[^/]*$/, "");
const extension = find(/^_core-.*\.so$/);
const named = {
  runtime,
  archive: find(/^core-/),
  extension: { file: extension, name: "_core.cpython-314-wasm32-emscripten.so" },
  typst: { ...sized(files.find(({ path }) => /^_typst-.*\.so$/.test(path))), name: "_typst.abi3.so" },
  fonts: Object.fromEntries(Object.entries(fonts).map(([part, each]) => [part, each.map(sized)])),
  parts: lockFile.replace(/[^/]*$/, ""),
  lock: JSON.parse(await readFile(join(engine, lockFile), "utf8")),
};
const { default: create } = await import(pathToFileURL(join(engine, runtime, "pyodide.asm.mjs")));
const library = WebAssembly.compile(await readFile(join(engine, extension)));
const supplies = { load: loadPyodide, create, library };

const wanted = JSON.parse(await text(process.stdin));
const { python, bridge, typesetter } = await startInterpreter(named, engine, { ...supplies, snapshot: wanted.snapshot ? await snapshot() : null });
const answer = { exports: [], fetched: [] };
for (const { file, request } of wanted.exports ?? []) {
  await installParts(python, partsFor(request));
  const bytes = new Uint8Array(await readFile(file));
  const opened = bridge.File(bytesAlone(bytes), JSON.stringify(request));
  const run = () => runExport(bridge, opened, request, { breathe, isAborted: () => false, onProgress: () => {} });
  const interrupt = { rest: () => {}, watch: () => {} };
  const outcome = await exportSet({ typesetter, interrupt }, { request, standing: "" }, new AbortController().signal, () => {}, run);
  if ("result" in outcome) {
    const { blob, ...result } = outcome.result;
    answer.exports.push({ result, base64: Buffer.from(await blob.arrayBuffer()).toString("base64") });
  } else answer.exports.push(outcome);
}
const { fetch } = globalThis;
globalThis.fetch = (url, ...rest) => {
  answer.fetched.push(String(url));
  return fetch(url, ...rest);
};
if (wanted.parts) {
  await installParts(python, wanted.parts).catch((error) => {
    answer.refused = error.type ?? error.name;
  });
}
if (wanted.python) answer.python = python.runPython(wanted.python);
process.stdout.write(JSON.stringify(answer), () => process.exit(0));

/** A picture of memory, there and back as the device would keep it. */
async function snapshot() {
  const made = picture(await startPython(named, engine, { ...supplies, making: true }));
  const { label, parts } = filed(made, "key");
  const file = Buffer.concat([label, ...parts]);
  const take = (bytes, at) => (bytes.set(file.subarray(at, at + bytes.length)), bytes);
  return unfiled({ size: file.length, take }, "key");
}
