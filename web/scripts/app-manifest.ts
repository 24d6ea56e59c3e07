/** The web app manifest, one per language. Every address in it is relative, so that it works below any path. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { LOCAL_ADDRESS } from "../src/page/route.ts";
import { SHARE_PATH } from "../src/service-worker/plan.ts";
import { FIELDS } from "../src/service-worker/shared.ts";
import { ICONS } from "./icons.ts";

/** The kinds of files that readers read, and what they are called: what the system offers this app for. */
export const ACCEPTED: Readonly<Record<string, readonly string[]>> = {
  "application/json": [".json"],
  "application/jsonl": [".jsonl"],
  "application/vnd.sqlite3": [".db", ".vscdb"],
  "application/x-ndjson": [".jsonl"],
  "application/zip": [".zip"],
  "text/markdown": [".md"],
};
/** As phones name the same files, or fail to. */
const ALSO_SHARED = ["text/plain", "text/*", "application/octet-stream", "application/x-sqlite3", ".txt"];

type Word = (key: string) => string;

/** Write `manifest.webmanifest` in English and `manifest.<locale>.webmanifest` in every other language. */
export async function writeAppManifests(locales: string, folder: string): Promise<void> {
  for (const locale of ["en", "zh-CN"]) {
    const words = JSON.parse(await readFile(join(locales, `${locale}.json`), "utf8")) as Record<string, string>;
    const manifest = appManifest(locale, (key) => words[key] ?? fail(key));
    const name = locale === "en" ? "manifest.webmanifest" : `manifest.${locale}.webmanifest`;
    await writeFile(join(folder, name), `${JSON.stringify(manifest, null, 2)}\n`);
  }
}

/**
 * No `id`: it would be resolved against the origin, not the folder, and two copies on one origin would be the same app. Without
 * it, the app is known by its start address, which is the folder.
 */
export function appManifest(locale: string, word: Word): object {
  return {
    name: "py-export",
    short_name: "py-export",
    description: word("app.description"),
    lang: locale,
    dir: "ltr",
    start_url: "./",
    scope: "./",
    display: "standalone",
    theme_color: "#faf9f6",
    background_color: "#faf9f6",
    categories: ["productivity", "utilities"],
    icons: ICONS.map(({ name, purpose, size }) => ({
      src: `./icons/${name}`,
      sizes: size === null ? "any" : `${size}x${size}`,
      type: size === null ? "image/svg+xml" : "image/png",
      purpose,
    })),
    screenshots: [
      { src: "./screenshots/wide.png", sizes: "1280x800", type: "image/png", form_factor: "wide", label: word("app.wide") },
      { src: "./screenshots/narrow.png", sizes: "720x1280", type: "image/png", form_factor: "narrow", label: word("app.narrow") },
    ],
    shortcuts: [shortcut(word("app.shortcut_files"), LOCAL_ADDRESS), shortcut(word("app.shortcut_sessions"), "#/")],
    // A window of its own for what is opened or shared: navigating one that is open would take away what runs in it.
    launch_handler: { client_mode: ["navigate-new", "auto"] },
    file_handlers: [{ action: "./", accept: ACCEPTED, launch_type: "single-client" }],
    share_target: {
      action: `./${SHARE_PATH}`,
      method: "POST",
      enctype: "multipart/form-data",
      params: {
        title: FIELDS.title,
        text: FIELDS.text,
        url: FIELDS.url,
        files: [{ name: FIELDS.files, accept: [...new Set([...Object.keys(ACCEPTED), ...Object.values(ACCEPTED).flat(), ...ALSO_SHARED])] }],
      },
    },
  };
}

function shortcut(name: string, address: string): object {
  return { name, url: `./${address}`, icons: [{ src: "./icons/icon-192.png", sizes: "192x192", type: "image/png" }] };
}

function fail(key: string): never {
  throw new Error(`no word for ${key}`);
}
