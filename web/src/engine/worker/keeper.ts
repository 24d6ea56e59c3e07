// Sees to it that there is a picture of memory for the next start: made when nobody waits for anything, and given up when somebody does.
import type { Compiled } from "../protocol.ts";
import type { Shelf } from "../shelf.ts";
import type { Listener } from "./desk.ts";
import { MAKER } from "./making.ts";

/** How long nothing must have been asked for. */
const REST_MS = 2000;

/** A picture takes some 30 MB of the device, and while it is made another interpreter's memory. */
const ROOM_BYTES = 300e6;
const MEMORY_GB = 2;

/** Only Chromium has these. */
interface Hints {
  deviceMemory?: number;
  connection?: { saveData?: boolean };
}

export class Keeper implements Listener {
  readonly #shelf: Shelf;
  readonly #key: Promise<string>;
  readonly #compiled: Compiled;
  readonly #restored: boolean;
  #wanted = false;
  #chances = 2;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #maker: Worker | null = null;

  /** @param restored Whether this worker comes from a picture. */
  constructor(shelf: Shelf, key: Promise<string>, compiled: Compiled, restored: boolean) {
    this.#shelf = shelf;
    this.#key = key;
    this.#compiled = compiled;
    this.#restored = restored;
  }

  began(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#maker?.terminate();
    this.#maker = null;
  }

  ended(exported: boolean, crashed: boolean): void {
    // It may have been the picture's fault.
    if (crashed && this.#restored) void this.#shelf.clear();
    // Whoever has exported once will do so again. A worker that was started in vain is no reason to keep anything.
    this.#wanted ||= exported && !this.#restored;
    if (this.#wanted) this.#timer = setTimeout(() => void this.#make(), REST_MS);
  }

  async #make(): Promise<void> {
    const timer = this.#timer;
    const can = (await hasRoom()) && (await this.#shelf.wants(await this.#key.catch(() => "")));
    if (timer !== this.#timer) return;
    const done = (): void => { this.#wanted = false; };
    // One that was given up in the middle may hold its file for a while: then there is another chance after the next order, but no third.
    this.#chances -= 1;
    if (!can) {
      done();
      return;
    }
    const maker = new Worker(self.location.href, { type: "module", name: MAKER });
    // It says one thing, at its end.
    maker.onmessage = ({ data }: MessageEvent<boolean>) => {
      if (data || this.#chances <= 0) done();
    };
    maker.onerror = (event) => {
      event.preventDefault();
      done();
    };
    maker.postMessage(this.#compiled);
    this.#maker = maker;
  }
}

async function hasRoom(): Promise<boolean> {
  const { deviceMemory = MEMORY_GB, connection } = navigator as Hints;
  // On a page of another origin this worker is a blob's, and the storage is not ours to fill.
  if (self.location.protocol === "blob:" || deviceMemory < MEMORY_GB || connection?.saveData) return false;
  try {
    const { quota = ROOM_BYTES, usage = 0 } = await navigator.storage.estimate();
    return quota - usage >= ROOM_BYTES;
  } catch {
    return true;
  }
}
