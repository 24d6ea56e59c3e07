import { expect, it } from "vitest";

import { filed, keyOf, unfiled } from "../../src/engine/worker/snapshot-file.ts";
import type { Kept } from "../../src/engine/worker/snapshot.ts";

const MEMORY = Uint8Array.from({ length: 1 << 16 }, (_, index) => (index >= 8192 && index < 40960 ? 0 : index % 251));
const PICTURE = { archive: Uint8Array.of(5, 6, 7, 8), head: Uint8Array.of(1, 2, 3, 4), memory: MEMORY, table: 16540 };

function file(key: string): Uint8Array<ArrayBuffer> {
  const { label, parts } = filed(PICTURE, key);
  return Uint8Array.from([label, ...parts].flatMap((part) => [...part]));
}

/** The memory that a kept picture gives, over whatever was there. */
function filled(kept: Kept | null): Uint8Array {
  const memory = new Uint8Array(kept?.size ?? 0).fill(7);
  kept?.fill(memory);
  return memory;
}

function open(bytes: Uint8Array<ArrayBuffer>, key: string): Kept | null {
  const take = <T extends Uint8Array>(into: T, at: number): T => {
    into.set(bytes.subarray(at, at + into.length));
    return into;
  };
  return unfiled({ size: bytes.length, take, close: () => undefined }, key);
}

it("gives a picture back as it was put in", () => {
  const kept = open(file("a"), "a");
  expect(kept).toMatchObject({ archive: PICTURE.archive, head: PICTURE.head, table: PICTURE.table, size: MEMORY.length });
  expect(filled(kept)).toEqual(MEMORY);
});

it("does not store the long run of zeros", () => {
  expect(file("a").length).toBe(512 + 8 + MEMORY.length - 32768);
});

it("takes no picture of another build or browser", async () => {
  expect(open(file("a"), "b")).toBeNull();
  expect(await keyOf("one", "browser 1")).not.toBe(await keyOf("one", "browser 2"));
  expect(await keyOf("one", "browser 1")).not.toBe(await keyOf("two", "browser 1"));
});

it.each([
  ["the end missing", (whole: Uint8Array<ArrayBuffer>) => whole.slice(0, -4)],
  ["no label, as where writing was interrupted", (whole: Uint8Array<ArrayBuffer>) => whole.fill(0, 0, 512)],
  ["another head", (whole: Uint8Array<ArrayBuffer>) => whole.fill(9, 512, 516)],
  ["another archive", (whole: Uint8Array<ArrayBuffer>) => whole.fill(9, 516, 520)],
  ["nothing at all", () => new Uint8Array()],
])("takes no picture with %s", (_, damage) => {
  expect(open(damage(file("a")), "a")).toBeNull();
});

it.each([600, 30000])("does not let an interpreter go on with a byte changed at %i", (at) => {
  const whole = file("a");
  whole[at] = (whole[at] ?? 0) ^ 1;
  expect(() => filled(open(whole, "a"))).toThrow("damaged");
});
