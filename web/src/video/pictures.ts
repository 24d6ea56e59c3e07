/** Which pictures a video has: one where something can be seen to be another, and one a second at least; a still screen costs next to nothing. */
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
