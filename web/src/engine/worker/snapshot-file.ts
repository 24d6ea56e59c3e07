// A picture of memory as it lies on the device: a head that says what it is of, then the picture. Only what is whole is used. Pure, but for
// the digest, which the browser makes beside the work.
import type { Snapshot } from "./snapshot.ts";

/** Bytes of the head: a multiple of four, since Pyodide looks at the picture by words. */
const HEAD = 256;

interface Head {
  key: string;
  table: number;
  bytes: number;
  digest: string;
}

/** The head of a file; what follows is the picture's own bytes. */
export async function headOf({ bytes, table }: Snapshot, key: string): Promise<Uint8Array<ArrayBuffer>> {
  const head: Head = { key, table, bytes: bytes.length, digest: await digestOf(bytes) };
  return new TextEncoder().encode(JSON.stringify(head).padEnd(HEAD));
}

/** The picture in a file, or null where the file is of something else, or damaged. */
export async function snapshotIn(file: ArrayBuffer, key: string): Promise<Snapshot | null> {
  try {
    const head = JSON.parse(new TextDecoder().decode(file.slice(0, HEAD))) as Head;
    const bytes = new Uint8Array(file, HEAD);
    if (head.key !== key || head.bytes !== bytes.length || head.digest !== (await digestOf(bytes))) return null;
    return { bytes, table: head.table };
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
  return digestOf(new TextEncoder().encode(`${build} ${browser}`));
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
