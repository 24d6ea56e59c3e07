/** "Save as…": a place that a person picks before the conversion, while their tap still counts, and that the file is then written to. */
import { LocalError, isAbort } from "./errors.ts";

/** How often, and how long apart, it is tried to take a file away. */
const TRIES = 10;
const PAUSE_MS = 100;

export interface Wanted {
  name: string;
  mediaType: string;
}

/** Not in TypeScript's library: only Chromium has it. */
type Picker = (options: { id: string; suggestedName: string; types: { accept: Record<string, string[]> }[] }) => Promise<Handle>;
type Handle = FileSystemFileHandle & { remove?: () => Promise<void> };

/** Whether this browser lets people pick a place. A frame within another origin's page may not ask them. */
export function hasPicker(): boolean {
  try {
    return picker() !== undefined && globalThis.top?.location.origin === location.origin;
  } catch {
    return false;
  }
}

/**
 * Ask for a place, straight from a tap: nothing may be awaited before it.
 * Gives "dismissed" where the person wants none after all, and null where the browser does not ask: then it is a download.
 */
export async function pick({ name, mediaType }: Wanted): Promise<Place | "dismissed" | null> {
  const extension = /\.\w+$/.exec(name)?.[0];
  const types = extension === undefined ? [] : [{ accept: { [mediaType]: [extension] } }];
  let handle: Handle | undefined;
  try {
    handle = await picker()?.({ id: "session-export", suggestedName: name, types });
  } catch (error) {
    // Refused is also what a second press comes to while the picker of the first is open.
    if (isAbort(error) || isRefusal(error)) return "dismissed";
  }
  if (handle === undefined) return null;
  let isNew = false;
  try {
    isNew = (await handle.getFile()).size === 0;
    return new Place(handle, await handle.createWritable(), isNew);
  } catch (error) {
    if (isNew) await takeAway(handle);
    // Asked whether the page may write there, they said no.
    if (isRefusal(error)) return "dismissed";
    throw new LocalError("not_writable", error);
  }
}

export class Place {
  readonly #handle: Handle;
  readonly #writable: FileSystemWritableFileStream;
  readonly #isNew: boolean;

  constructor(handle: Handle, writable: FileSystemWritableFileStream, isNew: boolean) {
    this.#handle = handle;
    this.#writable = writable;
    this.#isNew = isNew;
  }

  /** Write the file there; gives it by the name that the person chose. */
  async write(file: File, signal: AbortSignal): Promise<File> {
    try {
      await file.stream().pipeTo(this.#writable, { signal });
    } catch (error) {
      throw isAbort(error) ? error : new LocalError("not_writable", error);
    }
    return new File([file], this.#handle.name, { type: file.type });
  }

  /** Nothing is to be written after all. What stood there before stays; a file made for this is taken away. */
  async leave(): Promise<void> {
    await this.#writable.abort().catch(() => undefined);
    if (this.#isNew) await takeAway(this.#handle);
  }
}

/** The file is locked for a moment after its writing has ended. */
async function takeAway(handle: Handle): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      await handle.remove?.();
      return;
    } catch {
      await new Promise((resolve) => { setTimeout(resolve, PAUSE_MS); });
    }
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof DOMException && error.name === "NotAllowedError";
}

function picker(): Picker | undefined {
  return (globalThis as { showSaveFilePicker?: Picker }).showSaveFilePicker?.bind(globalThis);
}
