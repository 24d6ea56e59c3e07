/** What is on its way in: whoever has files hands them over here, and the list of what is open takes them. */
import type { NamedFile } from "../../engine/protocol.ts";
import type { App } from "../app.ts";
import { LOCAL_ADDRESS } from "../route.ts";

/** A file, one with the path it has in its folder, or what was dropped and may be a folder. */
export type Incoming = File | NamedFile | FileSystemEntry;

let waiting: readonly Incoming[] = [];

/** Open files, from wherever they came. They stay on this device. */
export function openFiles(app: App, files: readonly Incoming[]): void {
  if (files.length === 0) return;
  waiting = files;
  // The same address again is no change that anyone would hear of.
  if (location.hash === LOCAL_ADDRESS) app.show();
  else location.hash = LOCAL_ADDRESS;
}

/** What was handed over, once. */
export function takeIncoming(): readonly Incoming[] {
  const files = waiting;
  waiting = [];
  return files;
}
