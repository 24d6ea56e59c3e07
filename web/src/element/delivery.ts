/** Where finished files go: to the place that was picked, through the share sheet, or as downloads. */
import type { Choice } from "./dialog.ts";
import type { Exported } from "./export.ts";
import { FORMATS } from "./formats.ts";
import type { Place, Wanted } from "./picker.ts";
import { download, share, wayOf } from "./save.ts";

/** Converted, and waiting for the tap that shares the files. */
export interface Ready {
  exported: readonly Exported[];
  files: readonly File[];
  /** The share sheet takes them as text only. */
  asText: boolean;
}

/** Saved. `refused`: the share sheet did not take the files, so that they were downloaded. */
export interface Delivered {
  exported: readonly Exported[];
  refused: boolean;
}

/** @throws LocalError where the picked place cannot be written to. */
export async function deliver(exported: readonly Exported[], place: Place | null, signal: AbortSignal): Promise<Ready | Delivered> {
  const files = filesOf(exported);
  const [only] = files;
  if (place !== null && only !== undefined) {
    const file = await place.write(only, signal);
    return { exported: exported.map((one) => ({ ...one, file })), refused: false };
  }
  const way = wayOf(files);
  if (typeof way === "object") return { exported, files: way.share, asText: way.asText };
  await download(files);
  return { exported, refused: way === "refused" };
}

/** Call it straight from a tap. Null where the person shared nothing after all, and may try again. */
export async function shareReady({ exported, files }: Ready): Promise<Delivered | null> {
  // Nothing is awaited before this: the tap's permission is good for this call only.
  const came = await share(files);
  if (came === "refused") await download(filesOf(exported));
  return came === "shared" || came === "refused" ? { exported, refused: came === "refused" } : null;
}

/** What the file will be called and be, as far as that can be said before the conversion. `named` is what the preview calls it. */
export function wantedOf({ format, together }: Pick<Choice, "format" | "together">, count: number, named: string): Wanted {
  if (count > 1 && together !== true) return { name: `sessions-${count}.zip`, mediaType: "application/zip" };
  const { extension, mediaType } = FORMATS.find(({ id }) => id === format) ?? FORMATS[0];
  return { name: `${count > 1 ? `sessions-${count}` : named.replace(/\.\w+$/, "")}.${extension}`, mediaType };
}

function filesOf(exported: readonly Exported[]): File[] {
  return exported.map(({ file }) => file);
}
