/** What is kept on the device. Caches belong to an origin: their names begin with the scope, since a neighbour may run this too. */
import { stateOf, type File, type State, type Version } from "./files.ts";

/** Looked up by address alone: a stored answer's `Vary` is about codings, which a cache has undone. */
const BY_ADDRESS = { ignoreVary: true };

export type Progress = (done: number, total: number) => void;

export class Kept {
  readonly #scope: string;
  readonly #version: Version;

  constructor(scope: string, version: Version) {
    this.#scope = scope;
    this.#version = version;
  }

  /** Keep the page. All of it or nothing: rejects where a file does not come as it was built, or there is no room. */
  async keepShell(): Promise<void> {
    const older = (await this.#names()).filter((name) => name !== this.#shellName && name !== this.#partsName);
    try {
      const cache = await caches.open(this.#shellName);
      await Promise.all(this.#version.shell.map(async (file) => this.#fetchInto(cache, file, "no-cache")));
      await cache.put(this.#olderAddress, new Response(JSON.stringify(older)));
    } catch (error) {
      await caches.delete(this.#shellName);
      throw error;
    }
  }

  /** Keep these parts. What is there already is not fetched again; what came before a failure stays. */
  async keepParts(names: readonly string[], onProgress: Progress = () => undefined): Promise<void> {
    const cache = await caches.open(this.#partsName);
    const files = this.#version.parts.filter(({ name }) => names.includes(name)).flatMap((part) => part.files);
    const total = files.reduce((sum, { download }) => sum + download, 0);
    let done = 0;
    for (const file of files) {
      // Their names change with their content: what the browser's own cache has just taken in for the engine will do.
      if ((await cache.match(this.#address(file), BY_ADDRESS)) === undefined) await this.#fetchInto(cache, file, "force-cache");
      onProgress((done += file.download), total);
    }
  }

  /** Keep the file of a part at this address, if it is one. */
  async keepFile(address: string): Promise<void> {
    const file = this.#version.parts.flatMap((part) => part.files).find((one) => this.#address(one) === address);
    if (file !== undefined) await this.#fetchInto(await caches.open(this.#partsName), file, "force-cache");
  }

  /** Whether any part was ever kept here: a person converts with this page. */
  async inUse(): Promise<boolean> {
    if (!(await caches.has(this.#partsName))) return false;
    return (await (await caches.open(this.#partsName)).keys()).length > 0;
  }

  async state(): Promise<State> {
    const requests = (await caches.has(this.#partsName)) ? await (await caches.open(this.#partsName)).keys() : [];
    return stateOf(this.#version, new Set(requests.map(({ url }) => url.slice(this.#scope.length))));
  }

  /** The page itself, of this version. */
  async page(): Promise<Response | undefined> {
    return this.#match(this.#scope, this.#shellName);
  }

  /** A file at this address: this version's, else an older one's, for a page that is still open. */
  async file(address: string): Promise<Response | undefined> {
    const own = [this.#shellName, this.#partsName];
    const others = (await this.#names()).filter((name) => !own.includes(name));
    for (const name of [...own, ...others]) {
      const found = await this.#match(address, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /**
   * Forget the versions before this one that no open page runs, and the parts that only they needed. A version that came later,
   * and waits, is not touched.
   */
  async forgetOlder(running: ReadonlySet<string>): Promise<void> {
    const older = ((await (await this.#match(this.#olderAddress, this.#shellName))?.json()) ?? []) as string[];
    if (older.length === 0) return;
    const shell = await caches.open(this.#shellName);
    const stillRun = older.filter((name) => [...running].some((id) => name === this.#shellOf(id)));
    await Promise.all(older.filter((name) => !stillRun.includes(name)).map(async (name) => caches.delete(name)));
    await shell.put(this.#olderAddress, new Response(JSON.stringify(stillRun)));
    if (stillRun.length > 0) return;
    const needed = new Set(this.#version.parts.flatMap((part) => part.files).map((file) => this.#address(file)));
    const parts = await caches.open(this.#partsName);
    for (const request of await parts.keys()) if (!needed.has(request.url)) await parts.delete(request);
  }

  /** Forget everything: the page is not served from here any more. */
  async forgetAll(): Promise<void> {
    await Promise.all((await this.#names()).map(async (name) => caches.delete(name)));
  }

  async #fetchInto(cache: Cache, file: File, mode: RequestCache): Promise<void> {
    const address = this.#address(file);
    // A redirect's answer must not be given for a navigation, so it is refused here; integrity refuses all else that is not ours.
    const response = await fetch(address, { cache: mode, integrity: file.integrity, redirect: "error", credentials: "same-origin" });
    if (!response.ok) throw new TypeError(`${response.status}`);
    await cache.put(address, response);
  }

  /** Without making a cache where there is none, as opening it would: what was forgotten stays so. */
  async #match(address: string, cacheName: string): Promise<Response | undefined> {
    return caches.match(address, { ...BY_ADDRESS, cacheName });
  }

  async #names(): Promise<string[]> {
    return (await caches.keys()).filter((name) => name.startsWith(`${this.#scope} shell `) || name === this.#partsName);
  }

  get #shellName(): string {
    return this.#shellOf(this.#version.id);
  }

  #shellOf(id: string): string {
    return `${this.#scope} shell ${id}`;
  }

  /** Shared by all versions: most parts stay the same from one to the next. */
  get #partsName(): string {
    return `${this.#scope} parts`;
  }

  /** Where a version notes which ones stood here before it: no file of the page has this address. */
  get #olderAddress(): string {
    return `${this.#scope}?older`;
  }

  #address({ path }: File): string {
    return this.#scope + path;
  }
}
