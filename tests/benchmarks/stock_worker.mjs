// The engine as Pyodide's own documentation would have it: micropip installs local wheels, at every start.
import { loadPyodide } from "pyodide";

import { openDesk } from "../../web/src/engine/worker/desk.ts";

const base = new URL(/* @vite-ignore */ ".", import.meta.url).href;

async function start() {
  const python = await loadPyodide({ indexURL: `${base}pyodide/` });
  await python.loadPackage(`${base}wheels/${MICROPIP}`);
  const micropip = python.pyimport("micropip");
  // Without dependencies: every wheel is named, and no index on another host is asked.
  await micropip.install.callKwargs(WHEELS.map((name) => `${base}wheels/${name}`), { deps: false });
  const library = await (await fetch(`${base}library.zip`)).arrayBuffer();
  python.unpackArchive(library, "zip", { extractDir: "/lib/python3.14/site-packages" });
  return { python, bridge: python.pyimport("py_export_bridge") };
}

void openDesk(self, start());
