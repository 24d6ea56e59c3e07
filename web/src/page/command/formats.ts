/** The short names that stand for a format in a command; every id of a format works as well. */
import type { Format } from "../../element/formats.ts";

export type Sign = ":" | "/";

export interface Named {
  format: Format;
  options: Readonly<Record<string, string>>;
}

const SHORT: Readonly<Record<Sign, ReadonlyMap<string, Named>>> = {
  // The pairs of a history, in its three formats.
  ":": new Map([
    ["json", { format: "maichat-json", options: {} }],
    ["md", { format: "pairs", options: {} }],
    ["txt", { format: "text", options: {} }],
  ]),
  // The whole trace, to read or to read back.
  "/": new Map([
    ["md", { format: "markdown", options: { style: "trace" } }],
    ["json", { format: "hfs-json", options: {} }],
    ["txt", { format: "text", options: {} }],
  ]),
};

/** The format that a name stands for, or undefined. `ids` are those of the writers. */
export function formatNamed(name: string, sign: Sign, ids: readonly Format[]): Named | undefined {
  const format = ids.find((id) => id === name);
  return SHORT[sign].get(name) ?? (format === undefined ? undefined : { format, options: {} });
}

/** What a command exports that names no format: the one that each system's own document gives first. */
export function defaultFormat(sign: Sign): Named {
  return sign === ":" ? { format: "maichat-json", options: {} } : { format: "markdown", options: { style: "trace" } };
}

/** Every name that a command takes, the short ones first. */
export function formatNames(sign: Sign, ids: readonly Format[]): string[] {
  return [...new Set([...SHORT[sign].keys(), ...ids])];
}
