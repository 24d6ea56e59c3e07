/** Which ranges to ask the function for, to have all of some messages. */
import type { Span } from "../element/spans.ts";

/** So many messages that nobody asked for cost less than a request of their own. */
const GAP = 8;
/** What the function gives in one answer. */
const MOST = 200;

/** Ranges that together hold each of these numbers once, in ascending order. */
export function runsOf(numbers: readonly number[]): Span[] {
  const runs: Span[] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run !== undefined && number - run.to <= GAP && number - run.from < MOST) run.to = number;
    else runs.push({ from: number, to: number });
  }
  return runs;
}
