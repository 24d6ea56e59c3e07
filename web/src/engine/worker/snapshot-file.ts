// A picture of memory as it lies on the device: what it is of, Pyodide's head, the archive, the memory. Only what is whole is used.
import type { Stored } from "../shelf.ts";
import type { Kept, Snapshot } from "./snapshot.ts";

/** Bytes of what is said first. */
const LABEL = 512;
/** A run of zeros is left out by pages of this many bytes: one of them is a third of the memory, that in which nothing is stacked yet. */
const STEP = 4096;

/** Of the sum: odd, so that no two words give the same. */
const PRIME = 0x01000193;

interface Label {
  key: string;
  table: number;
  head: number;
  archive: number;
  memory: number;
  /** Where the longest run of zeros begins and ends. */
  gap: [number, number];
  sums: number[];
}

/** The parts of a file, to be written one after the other; the label last, so that whoever is interrupted leaves a file without one. */
export function filed({ archive, head, memory, table }: Snapshot, key: string): { label: Uint8Array<ArrayBuffer>; parts: Uint8Array<ArrayBuffer>[] } {
  const gap = longestGap(memory);
  const parts = [head, archive, memory.subarray(0, gap[0]), memory.subarray(gap[1])];
  const label: Label = { key, table, head: head.length, archive: archive.length, memory: memory.length, gap, sums: parts.map(sumOf) };
  return { label: new TextEncoder().encode(JSON.stringify(label).padEnd(LABEL)), parts };
}

/** The picture in a file, or null where the file is of something else or not whole. The memory is looked at when it is wanted. */
export function unfiled(file: Stored, key: string): Kept | null {
  try {
    const label = JSON.parse(new TextDecoder().decode(file.take(new Uint8Array(LABEL), 0))) as Label;
    const { table, memory: size, gap: [from, to], sums } = label;
    const begin = LABEL + label.head + label.archive;
    if (label.key !== key || file.size !== begin + from + size - to) return null;
    const head = checked(file.take(new Uint8Array(label.head), LABEL), sums[0]);
    const archive = checked(file.take(new Uint8Array(label.archive), LABEL + label.head), sums[1]);
    const fill = (memory: Uint8Array): void => {
      checked(file.take(memory.subarray(0, from), begin), sums[2]);
      memory.fill(0, from, to);
      checked(file.take(memory.subarray(to), begin + from), sums[3]);
    };
    return { archive, head, table, size, fill };
  } catch {
    return null;
  }
}

/**
 * The name of all that a picture is made of, and that can read it.
 *
 * @param build Names the worker's script, and by it every file of the engine. @param browser Another one may lay out the table in another
 * way, and so may another version of it.
 */
export async function keyOf(build: string, browser: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`${build} ${browser}`));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function longestGap(memory: Uint8Array<ArrayBuffer>): [number, number] {
  const words = new Uint32Array(memory.buffer, memory.byteOffset, memory.length / 4);
  let longest: [number, number] = [0, 0];
  let begin = 0;
  for (let at = 0; at < memory.length; at += STEP) {
    if (words.subarray(at / 4, (at + STEP) / 4).some((word) => word !== 0)) begin = at + STEP;
    else if (at + STEP - begin > longest[1] - longest[0]) longest = [begin, at + STEP];
  }
  return longest;
}

function checked<T extends Uint8Array>(bytes: T, sum: number | undefined): T {
  if (sumOf(bytes) !== sum) throw new TypeError("damaged");
  return bytes;
}

/**
 * A sum that any damage changes. Against damage it guards, not against people: whoever can write here can write the sum, too. A digest
 * would need several times as long, and a copy of it all.
 */
function sumOf(bytes: Uint8Array): number {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >>> 2);
  let [one, other] = [bytes.length, 1];
  // Two at a time: neither waits for the other.
  let at = 0;
  while (at < words.length) {
    one = Math.imul(one ^ (words[at++] ?? 0), PRIME);
    other = Math.imul(other ^ (words[at++] ?? 0), PRIME);
  }
  return one ^ Math.imul(other, PRIME);
}
