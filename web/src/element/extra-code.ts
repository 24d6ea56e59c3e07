/** The code of what is fetched later, from the file beside the element's own. Where it did not come, the next call tries again. */
import type * as Code from "./extras/index.ts";

export type ExtraCode = typeof Code;

// In a variable, because a bundler would take the literal for a module to pack.
const FILE = "./extras.js";

let coming: Promise<ExtraCode> | null = null;

export async function extraCode(): Promise<ExtraCode> {
  // eslint-disable-next-line no-unsanitized/method -- beside this module, by a name that stands here
  coming ??= (import(/* @vite-ignore */ new URL(FILE, import.meta.url).href) as Promise<ExtraCode>).catch((error: unknown) => {
    coming = null;
    throw error;
  });
  return coming;
}
