/** Where in a line something is wrong. */

/** A part of a line in UTF-16 indices, from its first character to the one after its last; both are the line's length at its end. */
export interface Place {
  position: number;
  end: number;
}

/** What is wrong with a line, as a sentence; and where, if it is one place. */
export interface LineError {
  message: string;
  place: Place | null;
}

/** The UTF-16 index of a code point, which is what Python counts. */
export function indexOfCodePoint(text: string, count: number): number {
  let index = 0;
  for (let point = 0; point < count && index < text.length; point += 1) index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  return index;
}

/** The line around the place, short enough to stand on one line of a phone: what is before, the place, what is after. */
export function excerpt(line: string, { position, end }: Place): [before: string, place: string, after: string] {
  const from = Math.max(0, position - 16);
  const to = Math.min(line.length, Math.min(end, position + 16) + 8);
  // A surrogate pair is not cut in half.
  const first = from > 0 && isLow(line, from) ? from + 1 : from;
  const last = isLow(line, to) ? to + 1 : to;
  return [
    (first > 0 ? "…" : "") + line.slice(first, position),
    line.slice(position, Math.min(end, position + 16)),
    line.slice(Math.min(end, position + 16), last) + (last < line.length ? "…" : ""),
  ];
}

function isLow(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xdc00 && unit <= 0xdfff;
}
