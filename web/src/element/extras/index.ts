/** What the dialog fetches when it is first needed: what formats have of their own, and the look at secrets. */
import type { ExtraName, MakeExtra } from "../extras.ts";
import type * as Secrets from "./secrets.ts";
import type * as View from "./secrets-view.ts";
import type * as All from "./usage.ts";

/** One row per name in `../extras.ts`. */
export const EXTRAS: Readonly<Record<ExtraName, () => Promise<{ makeExtra: MakeExtra }>>> = {
  analytics: async () => import("./analytics.ts"),
  patch: async () => import("./patch.ts"),
  settings: async () => import("./settings.ts"),
  video: async () => import("./video.ts"),
};

/** Finds what would be hidden. */
export async function looking(): Promise<typeof Secrets> {
  return import("./secrets.ts");
}

/** Shows what was found. */
export async function showing(): Promise<typeof View> {
  return import("./secrets-view.ts");
}

/** Fetches what all sessions took. */
export async function everything(): Promise<typeof All> {
  return import("./usage.ts");
}

export { sentenceOf } from "./sentence.ts";
export { weigh } from "./weight.ts";
export { extraWords } from "./words.ts";
