/** Parts of a session by message numbers: the first message is 1, both ends are included. */
export interface Span {
  from: number;
  to: number;
}

/** Cut `count` messages into as few parts as `limit` allows, each full but the last: a part's place never depends on the others. */
export function partsOf(count: number, limit: number): Span[] {
  const parts: Span[] = [];
  for (let from = 1; from <= count; from += limit) parts.push({ from, to: Math.min(from + limit - 1, count) });
  return parts;
}

/** A range as a person typed it, brought into order and bounds; at most `limit` messages from its beginning. */
export function rangeWithin(from: number, to: number, count: number, limit: number): Span {
  const clamp = (value: number): number => Math.min(Math.max(Math.trunc(value) || 1, 1), count);
  const [first, last] = [clamp(Math.min(from, to)), clamp(Math.max(from, to))];
  return { from: first, to: Math.min(last, first + limit - 1) };
}

/** A file's name with the messages it holds before its extension, so that the parts of one session do not overwrite each other. */
export function partName(filename: string, span: Span): string {
  const dot = filename.lastIndexOf(".");
  const stem = dot > 0 ? filename.slice(0, dot) : filename;
  const mark = `-${span.from}-${span.to}`;
  return stem.endsWith(mark) ? filename : `${stem}${mark}${filename.slice(stem.length)}`;
}
