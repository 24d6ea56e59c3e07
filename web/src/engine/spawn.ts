// Starts the module worker, also from another origin than the page's.

/** Start the worker at `url`. */
export function spawn(url: URL): Worker {
  if (url.origin === location.origin) return new Worker(url, { type: "module", name: "py-export" });
  // A worker's own script must be of the page's origin; what that script imports need not be (the server allows it by CORS).
  const script = new Blob([`import ${JSON.stringify(url.href)};`], { type: "text/javascript" });
  const address = URL.createObjectURL(script);
  const worker = new Worker(address, { type: "module", name: "py-export" });
  // The address is read once the worker has started: its first word says that it has.
  const release = (): void => { URL.revokeObjectURL(address); };
  worker.addEventListener("message", release, { once: true });
  worker.addEventListener("error", release, { once: true });
  return worker;
}
