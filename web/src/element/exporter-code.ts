/** The exporter's code, all of it at once: an element in another application's page has no second file to fetch. */
import { Exporter } from "./exporter.ts";

export async function exporterCode(): Promise<typeof Exporter> {
  return Promise.resolve(Exporter);
}
