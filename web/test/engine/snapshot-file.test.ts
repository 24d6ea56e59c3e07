import { expect, it } from "vitest";

import { headOf, keyOf, snapshotIn } from "../../src/engine/worker/snapshot-file.ts";

const PICTURE = { bytes: Uint8Array.from({ length: 4096 }, (_, index) => index % 251), table: 16540 };

async function file(key: string): Promise<Uint8Array<ArrayBuffer>> {
  const head = await headOf(PICTURE, key);
  const whole = new Uint8Array(head.length + PICTURE.bytes.length);
  whole.set(head);
  whole.set(PICTURE.bytes, head.length);
  return whole;
}

it("gives a picture back as it was put in, where Pyodide can look at it by words", async () => {
  const found = await snapshotIn((await file("a")).buffer, "a");
  expect(found).toEqual(PICTURE);
  expect((found?.bytes.byteOffset ?? 1) % 4).toBe(0);
});

it("takes no picture of another build or browser", async () => {
  expect(await snapshotIn((await file("a")).buffer, "b")).toBeNull();
  expect(await keyOf("one", "browser 1")).not.toBe(await keyOf("one", "browser 2"));
  expect(await keyOf("one", "browser 1")).not.toBe(await keyOf("two", "browser 1"));
});

it.each([
  ["a changed byte", (whole: Uint8Array<ArrayBuffer>) => whole.map((byte, index) => (index === 3000 ? byte ^ 1 : byte)).buffer],
  ["a missing end", (whole: Uint8Array<ArrayBuffer>) => whole.slice(0, -4).buffer],
  ["no head, as where writing was interrupted", (whole: Uint8Array<ArrayBuffer>) => whole.fill(0, 0, 256).buffer],
  ["nothing at all", () => new ArrayBuffer(0)],
])("takes no picture with %s", async (_, damage) => {
  expect(await snapshotIn(damage(await file("a")), "a")).toBeNull();
});
