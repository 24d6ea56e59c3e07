// The page's files as Python reaches them: read when they are looked up, so that a large folder takes no memory before.
import type { NamedFile } from "../protocol.ts";

export interface Handles {
  /** As a JSON list. */
  readonly names: string;
  /** A file's bytes, at most so many, all where that is negative; undefined where it cannot be read any more. */
  read: (index: number, most: number) => Uint8Array | undefined;
  size: (index: number) => number;
}

export function handlesOf(files: readonly NamedFile[]): Handles {
  const reader = new FileReaderSync();
  const blob = (index: number): Blob => files[index]?.blob ?? new Blob();
  return {
    names: JSON.stringify(files.map(({ name }) => name)),
    size: (index) => blob(index).size,
    read: (index, most) => {
      try {
        return new Uint8Array(reader.readAsArrayBuffer(most < 0 ? blob(index) : blob(index).slice(0, most)));
      } catch {
        return undefined;
      }
    },
  };
}

/** Bytes without a name. */
export function bytesAlone(bytes: Uint8Array): Handles {
  return { names: '[""]', size: () => bytes.length, read: (_, most) => (most < 0 ? bytes : bytes.subarray(0, most)) };
}
