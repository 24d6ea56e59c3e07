import { expect, test } from "vitest";

import { Reel } from "../../src/video/reel.ts";

const bytes = (...values: number[]): Uint8Array<ArrayBuffer> => new Uint8Array(values);
const content = async (reel: Reel): Promise<number[]> => [...new Uint8Array(await reel.file.arrayBuffer())];

test("what follows is added, what lies over something takes its place", async () => {
  const reel = new Reel();
  reel.write(bytes(1, 2, 3, 4), 0);
  reel.write(bytes(5, 6), 4);
  reel.write(bytes(9, 9), 1);
  reel.write(bytes(7, 8, 9), 5);
  expect(await content(reel)).toEqual([1, 9, 9, 4, 5, 7, 8, 9]);
});

test("a place that nobody has written to is empty", async () => {
  const reel = new Reel();
  reel.write(bytes(1), 3);
  expect(await content(reel)).toEqual([0, 0, 0, 1]);
});

test("many pieces at random places are the same as in one buffer", async () => {
  const reel = new Reel();
  const whole = new Uint8Array(2000);
  let size = 0;
  let seed = 7;
  const next = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
  for (let turn = 0; turn < 300; turn += 1) {
    const data = bytes(...Array.from({ length: 1 + next(20) }, () => next(256)));
    const position = turn % 3 === 0 ? next(size + 1) : Math.min(size, 1980);
    reel.write(data, position);
    whole.set(data, position);
    size = Math.max(size, position + data.length);
  }
  expect(await content(reel)).toEqual([...whole.slice(0, size)]);
});
