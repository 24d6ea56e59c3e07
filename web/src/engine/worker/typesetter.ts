// What sets PDFs: Typst and our fonts, far larger than all the rest together, so that each is fetched when a PDF first needs it.
//
// Typst's module lies in the archive and finds its shared library where the archived packages' libraries are (_ArchivedExtensions in
// bridge/). That one is compiled while it comes, and linked before Python imports it, as the one of msgspec is when the engine starts
// (see linkingEarly): it is never held as bytes, neither by JavaScript nor in Emscripten's file system.
import type { PyodideAPI } from "pyodide";

import { Fetching, type OnFetch, type Sized } from "./fetching.ts";
import type { Weight } from "../protocol.ts";
import type { Emscripten } from "./snapshot.ts";

/** A file by the name that Python looks for. */
export interface Named extends Sized {
  name: string;
}

/** Where the files of PDFs are. */
export interface Typesetting {
  typst: Named;
  /** The fonts of each part. Those of the base are needed by every PDF, the others by what is written in them. */
  fonts: Readonly<Record<string, readonly Named[]>>;
}

/** The fonts that every PDF needs. */
const BASE = "base";
/** The formats that are set. */
const SET: ReadonlySet<string> = new Set(["pdf", "session-pdf"]);

const LIBRARIES = "/lib/python3.14/lib-dynload";
/** `typesetting.py` looks for fonts in a package of this name, too. */
const FONTS = "/lib/python3.14/site-packages/py_export_fonts/fonts";

export class Typesetter {
  readonly #python: PyodideAPI & { _module: Emscripten };
  readonly #files: Typesetting;
  readonly #base: string;
  /** The parts that are there. */
  readonly #there = new Set<string>();
  #linked = false;

  /** @param base The folder that holds the worker. */
  constructor(python: PyodideAPI, files: Typesetting, base: string) {
    this.#python = python as PyodideAPI & { _module: Emscripten };
    this.#files = files;
    this.#base = base;
  }

  /** The fonts without which an export in this format need not be tried; null where it needs no Typst either. */
  static fontsFor(format: string): readonly string[] | null {
    return SET.has(format) ? [BASE] : null;
  }

  /** Whether something is to be fetched for PDFs with these fonts; fonts that do not exist never come. */
  lacks(parts: readonly string[]): boolean {
    return !this.#linked || this.#missing(parts).length > 0;
  }

  /** Fetch what is missing for PDFs with these fonts. Rejects where a file does not come, or where the signal aborts; what came stays. */
  async add(parts: readonly string[], signal: AbortSignal, onFetch: OnFetch): Promise<void> {
    const missing = this.#missing(parts);
    const fonts = missing.flatMap((part) => this.#files.fonts[part] ?? []);
    const { typst } = this.#files;
    const fetching = new Fetching(this.#base, this.#linked ? fonts : [typst, ...fonts], signal, onFetch);
    if (!this.#linked) await this.#link(await fetching.module(typst));
    for (const part of missing) await this.#place(part, fetching);
    // Python has looked into these folders already.
    const importlib = this.#python.pyimport("importlib") as { invalidate_caches: () => void; destroy: () => void };
    importlib.invalidate_caches();
    importlib.destroy();
  }

  /** What an export in a format would fetch. What the service worker keeps for this folder, or another did, is on the device. */
  async weight(format: string): Promise<Weight> {
    if (Typesetter.fontsFor(format) === null) return { missing: 0, fonts: 0 };
    const { [BASE]: base = [], ...others } = this.#files.fonts;
    const needed = [...(this.#linked ? [] : [this.#files.typst]), ...(this.#there.has(BASE) ? [] : base)];
    const optional = Object.entries(others).flatMap(([part, fonts]) => (this.#there.has(part) ? [] : fonts));
    const [missing, fonts] = await Promise.all([this.#download(needed), this.#download(optional)]);
    return { missing, fonts };
  }

  async #download(files: readonly Sized[]): Promise<number> {
    const sizes = await Promise.all(files.map(async ({ file, download }) => ((await isKept(this.#base + file)) ? 0 : download)));
    return sizes.reduce((sum, size) => sum + size, 0);
  }

  #missing(parts: readonly string[]): string[] {
    return parts.filter((part) => part in this.#files.fonts && !this.#there.has(part));
  }

  async #link(compiled: WebAssembly.Module): Promise<void> {
    const { _module: module } = this.#python;
    const path = `${LIBRARIES}/${this.#files.typst.name}`;
    module.preloadedWasm[path] = await module.loadWebAssemblyModule(compiled, { loadAsync: true, global: false, nodelete: true }, path, {}, 0);
    // Python looks whether it is there; what is in it is linked already.
    module.FS.writeFile(path, new Uint8Array(), { canOwn: true });
    this.#linked = true;
  }

  async #place(part: string, fetching: Fetching): Promise<void> {
    const fonts = await Promise.all((this.#files.fonts[part] ?? []).map(async (font) => ({ name: font.name, data: await fetching.bytes(font) })));
    const { FS } = this.#python._module;
    FS.mkdirTree(`${FONTS}/${part}`);
    for (const { name, data } of fonts) FS.writeFile(`${FONTS}/${part}/${name}`, data, { canOwn: true });
    this.#there.add(part);
  }
}

/** Whether a file is in a cache of this origin. Where there is none to be had, it is not. */
async function isKept(address: string): Promise<boolean> {
  try {
    return (await caches.match(address)) !== undefined;
  } catch {
    return false;
  }
}
