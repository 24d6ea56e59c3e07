// Starts the module worker, also from another origin than the page's.

import type { Report } from "./protocol.ts";

/** Start the worker at `url`. */
export function spawn(url: URL): Worker {
  if (url.origin === location.origin) return new Worker(url, { type: "module", name: "py-export" });
  // A worker's own script must be of the page's origin; what that script imports need not be (the server allows it by CORS).
  // Imported at run time: that asks the host's policy for a script, where a static import would ask for a worker of this origin.
  const unavailable: Report = { type: "unavailable", reason: "import" };
  // What the page says first is said before that has come.
  const source = `self.heard=new Promise((hear)=>onmessage=hear);import(${JSON.stringify(url.href)}).catch(() => postMessage(${JSON.stringify(unavailable)}));`;
  const script = new Blob([source], { type: "text/javascript" });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, { type: "module", name: "py-export" });
  // The address is read once the worker has started: its first word says that it has.
  const release = (): void => { URL.revokeObjectURL(address); };
  worker.addEventListener("message", release, { once: true });
  worker.addEventListener("error", release, { once: true });
  return worker;
}
