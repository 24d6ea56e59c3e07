/** What becomes of a request: the one decision of the service worker that must never be wrong. Pure. */

/**
 * `shell`: the page itself. `kept`: a file of the page or the engine, from the device where it is there. `share`: files that
 * another application hands over. `leave`: the browser goes on as if there were no service worker.
 */
export type Plan = "shell" | "kept" | "share" | "leave";

export type Asked = Pick<Request, "method" | "url" | "mode"> & { headers: Pick<Headers, "has"> };

/** Where the manifest sends what other applications share. */
export const SHARE_PATH = "share";

/** Folders whose files have their hash in their names: those of an older version are answered for too, while a page of it is open. */
const HASHED_FOLDERS = ["assets/", "engine/"];

/** @param scope The folder of the service worker, absolute. @param files The paths of the version's files, relative to it. */
export function planOf(request: Asked, scope: string, files: ReadonlySet<string>): Plan {
  const address = new URL(request.url);
  const base = new URL(scope);
  // Another origin's answers could be opaque; another folder's are another application's.
  if (address.origin !== base.origin || !address.pathname.startsWith(base.pathname)) return "leave";
  const path = address.pathname.slice(base.pathname.length);
  if (request.method === "POST" && path === SHARE_PATH) return "share";
  if (request.method !== "GET") return "leave";
  if (request.mode === "navigate") return path === "" || path === "index.html" ? "shell" : "leave";
  // A part of a file must be answered by a part of it: the server can do that.
  if (request.headers.has("range")) return "leave";
  return files.has(path + address.search) || HASHED_FOLDERS.some((folder) => path.startsWith(folder)) ? "kept" : "leave";
}
