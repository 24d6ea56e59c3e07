// Starts the module worker, also from another origin than the page's.
const OPTIONS: WorkerOptions = { type: "module", name: "py-export" };

/** Start the worker at `url`. */
export function spawn(url: URL): Worker {
  if (url.origin === location.origin) return new Worker(url, OPTIONS);
  // A worker's own script must be of the page's origin; what that script imports need not be (the server allows it by CORS).
  // Imported at run time: that asks the host's policy for a script, where a static import would ask for a worker of this origin.
  // What the page says first is said before that has come; and where it does not come, this is a Report of the protocol.
  const hear = "self.heard=new Promise(hear=>onmessage=hear);";
  const source = `${hear}import(${JSON.stringify(url.href)}).catch(()=>postMessage({type:"unavailable",reason:"import"}))`;
  const script = new Blob([source], { type: "text/javascript" });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, OPTIONS);
  // The address is read once the worker has started: its first word says that it has.
  for (const word of ["message", "error"]) worker.addEventListener(word, () => { URL.revokeObjectURL(address); }, { once: true });
  return worker;
}
