/** Text as lines of a width: nothing is hyphenated, Chinese and Japanese break between characters, and no character is ever parted. */

export type Measure = (text: string) => number;

/** A line, from one place of the text up to another, in UTF-16 units. */
export interface Line {
  from: number;
  to: number;
}

// eslint-disable-next-line no-control-regex -- these are what a canvas would draw as boxes
const UNSEEN = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\ufeff]|\p{Surrogate}/gu;
const TAB = "    ";

/** A text as it can be drawn: without control characters, a tab as spaces, half a character as the sign for that. */
export function drawable(text: string): string {
  return text.replaceAll(/\r\n?|[\u2028\u2029]/g, "\n").replaceAll(UNSEEN, (found) => (found === "\t" ? TAB : /\p{Surrogate}/u.test(found) ? "\ufffd" : ""));
}

/** The same on one line. */
export function oneLine(text: string): string {
  return drawable(text).replaceAll(/\s+/g, " ").trim();
}

const WIDE = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}`;
/** What no line begins with, and what none ends with (JIS X 4051, GB/T 15834). */
const CLOSING = "，。、．：；！？）」』】》〉〕］｝…—～·ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ”’";
const OPENING = "（「『【《〈〔［｛“‘";
const TOKEN = new RegExp(String.raw`\s+|[${OPENING}]*[${WIDE}][${CLOSING}]*|[^\s${WIDE}]+`, "gu");

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Where the characters of a text begin that people would count. */
export function characters(text: string): { at: number; text: string }[] {
  return Array.from(graphemes.segment(text), ({ index, segment }) => ({ at: index, text: segment }));
}

/** The last place that is not within a character, up to `at`. */
export function whole(text: string, at: number): number {
  return at >= text.length ? text.length : (graphemes.segment(text).containing(at)?.index ?? 0);
}

/** The lines of a text; what is wider than a line by itself goes on in the next. */
export function wrap(text: string, width: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  let start = 0;
  for (const paragraph of text.split("\n")) {
    wrapParagraph(paragraph, start, width, measure, lines);
    start += paragraph.length + 1;
  }
  return lines;
}

function wrapParagraph(paragraph: string, start: number, width: number, measure: Measure, lines: Line[]): void {
  let from = 0;
  let to = 0;
  let used = 0;
  const end = (next: number): void => {
    lines.push({ from: start + from, to: start + to });
    from = to = next;
    used = 0;
  };
  for (const { 0: token, index } of paragraph.matchAll(TOKEN)) {
    const wide = measure(token);
    if (token.trim() === "") {
      used += wide;
      continue;
    }
    if (used + wide > width && to > from) end(index);
    if (used + wide <= width) used += wide;
    else {
      for (const { at, text } of characters(token)) {
        const one = measure(text);
        if (used + one > width && to > from) end(index + at);
        used += one;
        to = index + at + text.length;
      }
    }
    to = index + token.length;
  }
  lines.push({ from: start + from, to: start + Math.max(to, from) });
}

/** The lines of code: every space counts, and a line that is too long goes on in the next. */
export function wrapCode(code: string, width: number, measure: Measure): Line[] {
  const lines: Line[] = [];
  const columns = Math.max(1, Math.floor(width / measure("0")));
  let start = 0;
  for (const line of code.split("\n")) {
    // Nearly all code is this, and need not be measured.
    if (/^[\x20-\x7e]*$/.test(line)) {
      for (let at = 0; at === 0 || at < line.length; at += columns) lines.push({ from: start + at, to: start + Math.min(at + columns, line.length) });
    } else {
      let from = 0;
      let used = 0;
      for (const { at, text } of characters(line)) {
        const one = measure(text);
        if (used + one > width && at > from) {
          lines.push({ from: start + from, to: start + at });
          from = at;
          used = 0;
        }
        used += one;
      }
      lines.push({ from: start + from, to: start + line.length });
    }
    start += line.length + 1;
  }
  return lines;
}

/** A line that is no wider: its end is cut off where it must be, and that is shown. */
export function fitted(text: string, width: number, measure: Measure): string {
  if (measure(text) <= width) return text;
  const parts = characters(text.slice(0, 400));
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const { at } = parts[middle] ?? { at: text.length };
    if (measure(`${text.slice(0, at)}…`) <= width) low = middle;
    else high = middle - 1;
  }
  return `${text.slice(0, parts[low]?.at ?? text.length).trimEnd()}…`;
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Whether a paragraph runs from right to left: its first letter says so (UAX 9, P2). */
export function runsLeft(text: string): boolean {
  const [first] = /\p{L}/u.exec(text) ?? [];
  return first !== undefined && RIGHT_TO_LEFT.test(first);
}
