/** The code of what the dialog fetches later, in place of the element's: here it comes module by module. */
import type * as Code from "../element/extras/index.ts";

export type ExtraCode = typeof Code;

export async function extraCode(): Promise<ExtraCode> {
  return import("../element/extras/index.ts");
}
