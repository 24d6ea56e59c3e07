/** The last format chosen, remembered where storage allows it. */
import { guarded } from "../storage.ts";
import { FORMATS, type Format } from "./formats.ts";

export const STORAGE_KEY = "hapi.sessionExportFormat";

/** Anything that is no format reads as JSON, the one that loses nothing. */
export function readFormat(key: string): Format {
  const stored = guarded(() => localStorage.getItem(key));
  return FORMATS.find(({ id }) => id === stored)?.id ?? "json";
}

export function writeFormat(key: string, format: Format): void {
  guarded(() => {
    localStorage.setItem(key, format);
  });
}
