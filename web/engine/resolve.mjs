// Lets micropip resolve the wheel set, inside Pyodide, from an index that holds our pinned wheels and nothing else.
import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

import { HERE } from "./paths.mjs";
import { startPyodide } from "./node-pyodide.mjs";

/**
 * Return what micropip froze: `{ info, packages }`, file names relative to the wheels' folder.
 *
 * @param {string} wheels The folder of the pinned wheels.
 * @param {{ name: string, version: string }[]} pins What must have arrived, and nothing else.
 */
export async function resolve(wheels, pins) {
  const server = await serveIndex(wheels);
  try {
    const index = `http://127.0.0.1:${server.address().port}`;
    const pyodide = await startPyodide({ "/wheels": wheels });
    pyodide.runPython(await readFile(join(HERE, "resolve.py"), "utf8"), { filename: "resolve.py" });
    const names = pyodide.toPy(pins.map(({ name }) => name));
    const lock = JSON.parse(await pyodide.globals.get("resolve")(index, names));
    check(lock.packages, pins);
    return lock;
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** micropip returns even where nothing was installed: compare what it froze with what was asked for. */
function check(packages, pins) {
  const wanted = pins.map(({ name, version }) => `${name}==${version}`).sort();
  const arrived = Object.entries(packages).map(([name, { version }]) => `${name}==${version}`).sort();
  if (wanted.join() !== arrived.join()) {
    throw new Error(`micropip resolved\n  ${arrived.join(" ")}\nwhere the pins are\n  ${wanted.join(" ")}`);
  }
}

/** A package index (PEP 691) on loopback. */
async function serveIndex(folder) {
  const wheels = (await readdir(folder)).filter((file) => file.endsWith(".whl"));
  const server = createServer((request, response) => {
    void answer(folder, wheels, `http://${request.headers.host}`, request.url.slice(1)).then(({ type, body }) => {
      response.writeHead(body === undefined ? 404 : 200, { "content-type": type });
      response.end(body);
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return server;
}

async function answer(folder, wheels, origin, path) {
  if (wheels.includes(path)) return { type: "application/zip", body: await readFile(join(folder, path)) };
  const name = path.replace(/\/$/, "");
  const own = wheels.filter((file) => file.split("-")[0].toLowerCase().replace(/[-_.]+/g, "-") === name);
  if (own.length === 0) return { type: "text/plain" };
  const files = await Promise.all(own.map(async (file) => {
    const sha256 = createHash("sha256").update(await readFile(join(folder, file))).digest("hex");
    return { filename: file, url: `${origin}/${file}`, hashes: { sha256 }, "requires-python": null, yanked: false };
  }));
  const body = JSON.stringify({ meta: { "api-version": "1.0" }, name, files });
  return { type: "application/vnd.pypi.simple.v1+json", body };
}
