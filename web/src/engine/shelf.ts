// Where pictures of memory lie on the device: in the origin's own file system, or in a cache where there is none. Each place of the engine
// has a shelf of its own, with one picture on it: two deployments at one origin do not take each other's.
//
// Storage may be blocked, full or cleared at any time. Nothing here rejects because of that: there is no picture then.

/** What lies on the shelf instead of a picture where a person wants none. */
const REFUSED = "refused";

/** A file on the shelf, open until it is closed. */
export interface Stored {
  size: number;
  /** Fill bytes with those of the file from a place on; throws where it has not so many. */
  take: <T extends Uint8Array>(bytes: T, at: number) => T;
  close: () => void;
}

/** How a place stores files by name. */
interface Storage {
  read: (name: string) => Promise<Stored | null>;
  /** The label comes first in the file, and is written last. */
  write: (name: string, label: Uint8Array<ArrayBuffer>, parts: readonly Uint8Array<ArrayBuffer>[]) => Promise<void>;
  /** Put an empty file there. */
  mark: (name: string) => Promise<void>;
  sizes: () => Promise<Map<string, number>>;
  remove: (name: string) => Promise<void>;
}

/** Only a worker has it, which alone reads and writes pictures; this module is the page's, too. */
interface Direct {
  createSyncAccessHandle: (options?: { mode: "read-only" }) => Promise<{
    getSize: () => number;
    truncate: (size: number) => void;
    read: (bytes: Uint8Array, options: { at: number }) => number;
    write: (bytes: Uint8Array, options: { at: number }) => number;
    flush: () => void;
    close: () => void;
  }>;
}

export class Shelf {
  readonly #storage: Promise<Storage>;

  /** @param folder The address of the engine's folder. */
  constructor(folder: string) {
    this.#storage = open(folder);
    // Whoever uses it hears of it.
    this.#storage.catch(() => undefined);
  }

  async read(key: string): Promise<Stored | null> {
    return this.#quietly(null, async (storage) => storage.read(key));
  }

  /** Whether a picture is wanted: there is none by this key, and nobody has refused. */
  async wants(key: string): Promise<boolean> {
    return this.#quietly(false, async (storage) => {
      const sizes = await storage.sizes();
      return !sizes.has(key) && !sizes.has(REFUSED);
    });
  }

  /** Put a picture there, and take away what lay there before. */
  async write(key: string, label: Uint8Array<ArrayBuffer>, parts: readonly Uint8Array<ArrayBuffer>[]): Promise<boolean> {
    return this.#quietly(false, async (storage) => {
      const older = [...(await storage.sizes()).keys()].filter((name) => name !== REFUSED);
      // First: the room they take may be what is missing.
      for (const name of older) await storage.remove(name);
      try {
        await storage.write(key, label, parts);
      } catch (error) {
        await storage.remove(key);
        throw error;
      }
      return true;
    });
  }

  /** How many bytes lie there. */
  async size(): Promise<number> {
    return this.#quietly(0, async (storage) => [...(await storage.sizes()).values()].reduce((sum, size) => sum + size, 0));
  }

  /** Whether a person wants none here. */
  async refused(): Promise<boolean> {
    return this.#quietly(false, async (storage) => (await storage.sizes()).has(REFUSED));
  }

  /** Take away whatever lies there. */
  async clear(): Promise<void> {
    await this.#quietly(undefined, async (storage) => {
      for (const name of (await storage.sizes()).keys()) await storage.remove(name);
    });
  }

  /** Take it away, and let none be made again. */
  async refuse(): Promise<void> {
    await this.clear();
    await this.#quietly(undefined, async (storage) => { await storage.mark(REFUSED); });
  }

  async #quietly<T>(otherwise: T, use: (storage: Storage) => Promise<T>): Promise<T> {
    try {
      return await use(await this.#storage);
    } catch {
      return otherwise;
    }
  }
}

async function open(folder: string): Promise<Storage> {
  try {
    const root = await navigator.storage.getDirectory();
    return inFiles(await root.getDirectoryHandle(`py-export ${encodeURIComponent(folder)}`, { create: true }));
  } catch {
    return inCache(`${folder} snapshot`, folder);
  }
}

function inFiles(directory: FileSystemDirectoryHandle): Storage {
  return {
    read: async (name) => {
      const file = (await directory.getFileHandle(name)) as FileSystemFileHandle & Direct;
      try {
        // Several tabs may read at once where the browser knows this mode; where it does not, the second one reads it as any file is read.
        const access = await file.createSyncAccessHandle({ mode: "read-only" });
        return { size: access.getSize(), take: (bytes, at) => whole(bytes, access.read(bytes, { at })), close: () => { access.close(); } };
      } catch {
        return inMemory(await (await file.getFile()).arrayBuffer());
      }
    },
    mark: async (name) => { await directory.getFileHandle(name, { create: true }); },
    write: async (name, label, parts) => {
      const file = (await directory.getFileHandle(name, { create: true })) as FileSystemFileHandle & Direct;
      const access = await file.createSyncAccessHandle();
      try {
        access.truncate(0);
        let at = label.length;
        for (const part of parts) at += whole(part, access.write(part, { at })).length;
        access.flush();
        access.write(label, { at: 0 });
        access.flush();
      } finally {
        access.close();
      }
    },
    sizes: async () => {
      const sizes = new Map<string, number>();
      for await (const [name, handle] of directory.entries()) {
        if (handle.kind === "file") sizes.set(name, (await handle.getFile()).size);
      }
      return sizes;
    },
    remove: async (name) => directory.removeEntry(name).catch(() => undefined),
  };
}

/** Whoever only looks makes no cache where there is none: what was forgotten stays so. */
function inCache(cacheName: string, folder: string): Storage {
  const address = (name: string): string => `${folder}?snapshot=${name}`;
  const put = async (name: string, response: Response): Promise<void> => (await caches.open(cacheName)).put(address(name), response);
  return {
    read: async (name) => {
      const kept = await caches.match(address(name), { cacheName });
      return kept === undefined ? null : inMemory(await kept.arrayBuffer());
    },
    mark: async (name) => put(name, new Response()),
    write: async (name, label, parts) => put(name, new Response(new Blob([label, ...parts]))),
    sizes: async () => {
      const sizes = new Map<string, number>();
      if (!(await caches.has(cacheName))) return sizes;
      const cache = await caches.open(cacheName);
      for (const request of await cache.keys()) {
        const kept = await cache.match(request);
        sizes.set(request.url.slice(address("").length), kept === undefined ? 0 : (await kept.blob()).size);
      }
      return sizes;
    },
    remove: async (name) => {
      if (await caches.has(cacheName)) await (await caches.open(cacheName)).delete(address(name));
    },
  };
}

function inMemory(file: ArrayBuffer): Stored {
  return {
    size: file.byteLength,
    take: (bytes, at) => {
      bytes.set(new Uint8Array(file, at, bytes.length));
      return bytes;
    },
    close: () => undefined,
  };
}

/** A disk that is full, or a file that is shorter than it was, gives fewer bytes than asked for, and no error. */
function whole<T extends Uint8Array>(bytes: T, done: number): T {
  if (done !== bytes.length) throw new RangeError("not whole");
  return bytes;
}
