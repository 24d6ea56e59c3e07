/** The short names that stand for a format in a command; every id of a format works as well. */

export type Sign = ":" | "/";

export interface Named {
  /** A writer's id. */
  format: string;
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

/** What is exported where no format is named: the first that each system's own document names. */
export const DEFAULTS: Readonly<Record<Sign, string>> = { ":": "json", "/": "md" };

/** The format that a name stands for, or undefined. `ids` are those of the writers. */
export function formatNamed(name: string, sign: Sign, ids: readonly string[]): Named | undefined {
  return SHORT[sign].get(name) ?? (ids.includes(name) ? { format: name, options: {} } : undefined);
}

/** Every name that a command takes, the short ones first. */
export function formatNames(sign: Sign, ids: readonly string[]): string[] {
  return [...new Set([...SHORT[sign].keys(), ...ids])];
}
