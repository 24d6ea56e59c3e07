/** The last format chosen, remembered where storage allows it. */
import { guarded } from "../storage.ts";
import type { Format } from "./formats.ts";

export const STORAGE_KEY = "hapi.sessionExportFormat";

/** Anything but "markdown" reads as JSON, the format that loses nothing. */
export function readFormat(key: string): Format {
  return guarded(() => localStorage.getItem(key)) === "markdown" ? "markdown" : "json";
}

export function writeFormat(key: string, format: Format): void {
  guarded(() => {
    localStorage.setItem(key, format);
  });
}
