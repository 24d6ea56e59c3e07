/** Parts of a session by message numbers: the first message is 1, both ends are included. */
export interface Span {
  from: number;
  to: number;
}

/** Cut a span into as few parts as `limit` messages a file allow, each full but the last: a part's place never depends on the others. */
export function partsOf({ from, to }: Span, limit: number): Span[] {
  const parts: Span[] = [];
  for (let first = from; first <= to; first += limit) parts.push({ from: first, to: Math.min(first + limit - 1, to) });
  return parts;
}

/** A range as a person typed it, brought into order and into the session's bounds. */
export function rangeWithin(from: number, to: number, count: number): Span {
  const [first, last] = [from, to].map((value) => Math.min(Math.max(Math.trunc(value) || 1, 1), count)).toSorted((a, b) => a - b);
  return { from: first ?? 1, to: last ?? count };
}

/** A file's name with the messages it holds before its extension, so that the parts of one session do not overwrite each other. */
export function partName(filename: string, span: Span): string {
  const dot = filename.lastIndexOf(".");
  const stem = dot > 0 ? filename.slice(0, dot) : filename;
  const mark = `-${span.from}-${span.to}`;
  return stem.endsWith(mark) ? filename : `${stem}${mark}${filename.slice(stem.length)}`;
}
