/** What the page and the service worker say to each other. Every question of the page comes with a port for its answers. */
import type { State } from "./files.ts";

export type Question =
  | { type: "state" }
  /** Keep these parts on the device; progress comes first, the state last. */
  | { type: "keep"; parts: readonly string[] }
  /** Take over from the version that runs: said by a person who wants the update. */
  | { type: "accept" }
  /** A page has loaded: another version's files may be needed no longer. */
  | { type: "loaded" };

export type Answer =
  | { type: "state"; state: State }
  | { type: "progress"; done: number; total: number }
  /** `full`: no room on the device; `network`: a file did not come, or not as it was built. */
  | { type: "failed"; reason: "full" | "network" };

/** What the service worker asks every page, to be answered on the port that comes along with the id of the page's version. */
export interface VersionQuestion {
  type: "version";
}
