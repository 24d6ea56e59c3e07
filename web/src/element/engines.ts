/** One engine per address, shared by every element of a page; let go some time after the last of them has left. */
import { Engine } from "../engine/client.ts";

/** Long enough for a page that replaces one view by another; an idle worker holds well over 100 MB. */
const LINGER_MS = 60_000;

interface Shared {
  engine: Engine;
  users: Set<object>;
  timer: ReturnType<typeof setTimeout> | undefined;
}

const engines = new Map<string, Shared>();
let sayStarted: () => void;

/** Resolves when an engine of this page has started for the first time. */
export const engineStarted = new Promise<void>((resolve) => { sayStarted = resolve; });

/** The engine at this address, kept at least until `user` releases it. */
export function acquireEngine(url: URL, user: object): Engine {
  let shared = engines.get(url.href);
  if (shared === undefined) {
    shared = { engine: new Engine({ url, onStart: () => { sayStarted(); } }), users: new Set(), timer: undefined };
    engines.set(url.href, shared);
  }
  clearTimeout(shared.timer);
  shared.users.add(user);
  return shared.engine;
}

export function releaseEngines(user: object): void {
  for (const [href, shared] of engines) {
    if (!shared.users.delete(user) || shared.users.size > 0) continue;
    shared.timer = setTimeout(() => {
      engines.delete(href);
      shared.engine.dispose();
    }, LINGER_MS);
  }
}
