/** Names by which files are told apart. Pure. */
import type { NamedFile } from "../../engine/protocol.ts";

/** No two of the same name: two folders' `notes.md`, picked one by one, are both read. */
export function distinct(files: readonly NamedFile[]): NamedFile[] {
  const taken = new Set<string>();
  return files.map(({ name, blob }) => {
    let found = clean(name);
    for (let number = 2; taken.has(found); number += 1) found = numbered(clean(name), number);
    taken.add(found);
    return { name: found, blob };
  });
}

/** A path from its first folder on, with slashes between names and nowhere else; what has no name gets one. */
function clean(name: string): string {
  return name.split("/").filter((part) => part !== "").join("/") || "file";
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf(".");
  const stem = dot > name.lastIndexOf("/") + 1 ? name.slice(0, dot) : name;
  return `${stem} (${number})${name.slice(stem.length)}`;
}
