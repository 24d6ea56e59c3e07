// The bare page of the engine's tests and of its benchmark: the real client, driven by the test through `window.bench`.
import { Engine } from "../../../web/src/engine/client.ts";
import { Shelf } from "../../../web/src/engine/shelf.ts";

const query = new URLSearchParams(location.search);
const url = new URL(query.get("engine") ?? "/engine/", location.href);
const engine = new Engine({ url });
const shelf = new Shelf(url.href);

/** Export what is served at `path`; the answer is plain data, the file's bytes as base64. */
async function run(path, request, { abortAfter, abortAt } = {}) {
  const bytes = await (await fetch(path)).arrayBuffer();
  const controller = new AbortController();
  const progress = [];
  if (abortAfter !== undefined) setTimeout(() => { controller.abort(); }, abortAfter);
  const started = performance.now();
  let aborted;
  controller.signal.addEventListener("abort", () => { aborted = performance.now(); });
  try {
    const result = await engine.export(bytes, request, {
      signal: controller.signal,
      onProgress: (each) => {
        progress.push([each.done, each.total]);
        if (abortAt !== undefined && progress.length === abortAt) controller.abort();
      },
    });
    const { blob, ...rest } = result;
    return { ...rest, type: blob.type, base64: await base64(blob), progress, ms: performance.now() - started };
  } catch (error) {
    const { name, code, where, params } = error;
    return { error: name, code, where, params, progress, latency: performance.now() - (aborted ?? started) };
  }
}

async function base64(blob) {
  const address = await new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => { resolve(reader.result); };
    reader.readAsDataURL(blob);
  });
  return address.slice(address.indexOf(",") + 1);
}

/** From the sign of intent to the first file written, in milliseconds. */
async function start(path, request) {
  const started = performance.now();
  engine.prepare();
  const bytes = await (await fetch(path)).arrayBuffer();
  const { bytes: size } = await engine.export(bytes, request, { signal: new AbortController().signal });
  return { ms: performance.now() - started, size };
}

/** Wait until a picture of memory is kept, whole: its label is written last. */
async function kept() {
  for (let left = 600; left > 0; left--) {
    if ((await shelf.size()) > 1e6 && (await labelled().catch(() => false))) return true;
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return false;
}

/** It cannot be read while it is written. */
async function labelled() {
  const root = await navigator.storage?.getDirectory();
  if (root === undefined) return true;
  for await (const folder of root.values()) {
    for await (const file of folder.values()) if ((await (await file.getFile()).slice(0, 1).text()) === "{") return true;
  }
  return false;
}

window.bench = { engine, run, start, kept, shelf };
