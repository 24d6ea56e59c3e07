/** The page's own use of the engine, the same one that its export menus use. */
import { acquireEngine } from "../element/engines.ts";
import type { Engine } from "../engine/client.ts";
import { VERSION } from "./offline/version.ts";

/** Its folder, with the page's version: an older page that is still open must not get a newer page's worker. */
export const ENGINE = `./engine/${VERSION === "" ? "" : `?v=${VERSION}`}`;
const PAGE = {};

export function pageEngine(): Engine {
  return acquireEngine(new URL(ENGINE, document.baseURI), PAGE);
}

/** Start it: at the first sign of intent, not when the page loads. */
export function prepareEngine(): void {
  pageEngine().prepare();
}
