/**
 * How large a video will be: from some seconds of it, filmed and thrown away. What letters take differs from screen to screen and from
 * encoder to encoder, far more than any rule could tell.
 */
import { NullTarget, type EncodedPacket } from "mediabunny";

import { camera } from "./film.ts";
import { KEY_EVERY, RATE } from "./pictures.ts";
import { lengthOf, type Plan } from "./plan.ts";
import { Stage } from "./stage.ts";

/** Seconds that are filmed, spread over the video; fewer where the encoder is slow. */
const SAMPLES = 10;
const PATIENCE_MS = 2500;

/** What was filmed of a video. */
export interface Sample {
  seconds: number;
  /** Bytes of the pictures that stand by themselves, and how many there are. */
  keyBytes: number;
  keys: number;
  /** Bytes of all others. */
  otherBytes: number;
}

/** @returns Bytes, more or less. */
export async function estimate(plan: Plan): Promise<number> {
  const sample: Sample = { seconds: 0, keyBytes: 0, keys: 0, otherBytes: 0 };
  const end = performance.now() + PATIENCE_MS;
  const { measures, shoot, finish } = await camera(plan, new NullTarget(), (packet) => { count(packet, sample); });
  for (const from of moments(lengthOf(plan))) {
    const stage = Stage.at(plan, measures, from);
    for (let picture = 0; picture < RATE; picture += 1) {
      const after = (picture * 1000) / RATE;
      if (stage.advance(from + after) || picture === 0) await shoot(stage, sample.seconds * 1000 + after, picture === 0);
    }
    sample.seconds += 1;
    if (performance.now() > end) break;
  }
  await finish();
  return whole(sample, lengthOf(plan));
}

/** Where the seconds begin that are filmed, in milliseconds: each in the middle of its share, and the first of them far apart. */
export function moments(lengthMs: number): number[] {
  const count = Math.max(1, Math.min(SAMPLES, Math.floor(lengthMs / 1000)));
  const turn = (index: number): number => (index * GOLDEN) % 1;
  return Array.from({ length: count }, (_, index) => index)
    .toSorted((a, b) => turn(a) - turn(b))
    .map((index) => Math.max(0, (lengthMs * (index + 0.5)) / count - 500));
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** What a whole video takes of which so much was seen. */
export function whole({ seconds, keyBytes, keys, otherBytes }: Sample, lengthMs: number): number {
  const length = lengthMs / 1000;
  return Math.round((keyBytes / keys) * Math.ceil(length / KEY_EVERY) + (otherBytes / seconds) * length);
}

function count({ type, byteLength }: EncodedPacket, sample: Sample): void {
  if (type === "key") {
    sample.keyBytes += byteLength;
    sample.keys += 1;
  } else sample.otherBytes += byteLength;
}
