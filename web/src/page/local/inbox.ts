/** Files on their way in: whoever has some hands them over here, and the list of what is open takes them. */
import type { NamedFile } from "../../engine/protocol.ts";
import type { App } from "../app.ts";
import { LOCAL_ADDRESS } from "../route.ts";
import { distinct } from "./names.ts";

let waiting: readonly NamedFile[] | null = null;

/** Open files, from wherever they came; those of a folder under their path in it. They stay on this device. */
export function openFiles(app: App, files: readonly (File | NamedFile)[]): void {
  const named = files.map((file) => (file instanceof File ? { name: file.name, blob: file } : file));
  if (named.length === 0) return;
  waiting = distinct(named);
  // The same address again is no change that anyone would hear of.
  if (location.hash === LOCAL_ADDRESS) app.show();
  else location.hash = LOCAL_ADDRESS;
}

/** What was handed over, once. */
export function takeFiles(): readonly NamedFile[] | null {
  const files = waiting;
  waiting = null;
  return files;
}
