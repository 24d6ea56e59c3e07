/** The exporter's code, in place of the element's: the page is there before it. Fetched once; where it did not come, the next call tries again. */
import type { Exporter } from "../element/exporter.ts";

let coming: Promise<typeof Exporter> | null = null;

export async function exporterCode(): Promise<typeof Exporter> {
  coming ??= import("../element/exporter.ts").then(({ Exporter }) => Exporter, (error: unknown) => {
    coming = null;
    throw error;
  });
  return coming;
}
