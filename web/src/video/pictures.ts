/** Which pictures a video has: one where something can be seen to be another, and one a second at least; a still screen costs next to nothing. */
import { lengthOf, type Plan } from "./plan.ts";
import type { Stage } from "./stage.ts";

/** Pictures a second, at most. */
export const RATE = 20;
/** Seconds between two pictures that stand by themselves, from which a player can start. */
export const KEY_EVERY = 5;

/** Go through the stage's time and yield the moment of each picture, in milliseconds; the stage is at it then. */
export function* pictures(stage: Stage): Generator<number> {
  const last = lastPicture(stage.lengthMs);
  for (let count = 0; count < last; count += 1) {
    const at = (count * 1000) / RATE;
    if (stage.advance(at)) yield at;
  }
  // The last one ends when the video does.
  const end = stage.lengthMs - 1000 / RATE;
  stage.advance(end);
  yield end;
}

function lastPicture(lengthMs: number): number {
  return Math.max(1, Math.ceil(((lengthMs - 1000 / RATE) * RATE) / 1000));
}

/** Bytes of a picture that stands by itself, of one in which text comes, and of one in which only the clock moves; at 720p. */
const BYTES = { key: 42_000, coming: 2_600, still: 450 };
/** What a picture of 1080p takes more than one of 720p. */
const SHARPER = 1.7;

/** How large the file will be, more or less: in bytes, from what such pictures have been seen to take. */
export function estimate(plan: Plan): number {
  const seconds = lengthOf(plan) / 1000;
  const speaking = plan.scenes.reduce((sum, scene) => sum + (scene.type === "said" ? (scene.for ?? 0) : 0), 0) / 1000;
  const coming = speaking * RATE + plan.scenes.length * 4;
  const bytes = (seconds / KEY_EVERY + 1) * BYTES.key + coming * BYTES.coming + seconds * BYTES.still;
  return Math.round(bytes * (plan.video.height > 720 ? SHARPER : 1));
}
