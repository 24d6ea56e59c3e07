// Takes a picture of memory, in a worker of its own that never sees a session of anybody.
import type { PyodideAPI } from "pyodide";

import type { Shelf } from "../shelf.ts";
import { filed } from "./snapshot-file.ts";
import { takeSnapshot, type Snapshot } from "./snapshot.ts";
import type { Start } from "./start.ts";

/** The name of such a worker. */
export const MAKER = "py-export snapshot";

/** Put a picture on the shelf, say whether it lies there, and end this worker. */
export async function makeSnapshot(shelf: Shelf, start: Start): Promise<void> {
  let done = false;
  try {
    const snapshot = picture(await start.python());
    const key = await start.key;
    const { label, parts } = filed(snapshot, key);
    done = await shelf.write(key, label, parts);
  } finally {
    self.postMessage(done);
    self.close();
  }
}

/** The picture of an interpreter that has done once what every export does. */
export function picture(python: PyodideAPI): Snapshot {
  // By Python alone: an object of JavaScript cannot be pictured.
  python.runPython("import py_export_bridge.rehearsal\npy_export_bridge.rehearsal.rehearse()\nNone");
  return takeSnapshot(python);
}
