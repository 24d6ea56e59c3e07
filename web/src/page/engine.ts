/** The page's own use of the engine, the same one that its export menus use. */
import { acquireEngine } from "../element/engines.ts";
import type { Engine } from "../engine/client.ts";

// In a variable, because a bundler would take the literal for a file to copy.
const FOLDER = "../engine/";
const PAGE = {};

export function pageEngine(): Engine {
  return acquireEngine(new URL(FOLDER, import.meta.url), PAGE);
}

/** Start it: at the first sign of intent, not when the page loads. */
export function prepareEngine(): void {
  pageEngine().prepare();
}
