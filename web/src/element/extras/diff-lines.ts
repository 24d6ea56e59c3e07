/** What each line of a patch is: told by the counts of its hunks, since a line that was taken out may begin like a file's head. */

export type LineKind = "head" | "place" | "added" | "removed" | "text";

export interface Lines {
  readonly kind: LineKind;
  /** With their ends. */
  readonly text: string;
}

const HUNK = /^@@ -\d+(?:,(\d+))? \+\d+(?:,(\d+))? @@/;
const HEAD = /^(?:diff --git |index |(?:old|new|deleted file|new file) mode |(?:similarity|dissimilarity) index |(?:rename|copy) (?:from|to) |--- |\+\+\+ |GIT binary patch|Binary files )/;

/** The lines of a patch, or of its beginning; those of a kind that follow each other are one piece. */
export function linesOf(patch: string): Lines[] {
  const found: { kind: LineKind; text: string }[] = [];
  /** Lines of the hunk that are still to come, before and after. */
  let before = 0;
  let after = 0;
  /** A file has begun, and no mail's text since. */
  let inFile = false;
  for (const line of patch.split(/(?<=\n)/)) {
    let kind: LineKind = "text";
    const mark = line[0];
    if (before > 0 || after > 0) {
      if (mark === "+") kind = "added";
      else if (mark === "-") kind = "removed";
      if (mark !== "\\") {
        before -= Number(mark !== "+");
        after -= Number(mark !== "-");
      }
    } else {
      const hunk = inFile ? HUNK.exec(line) : null;
      if (line.startsWith("diff --git ")) inFile = true;
      else if (line.startsWith("From ") || line === "-- \n") inFile = false;
      if (hunk !== null) {
        kind = "place";
        [before, after] = [Number(hunk[1] ?? 1), Number(hunk[2] ?? 1)];
      } else if (inFile && HEAD.test(line)) kind = "head";
    }
    const last = found.at(-1);
    if (last?.kind === kind) last.text += line;
    else found.push({ kind, text: line });
  }
  return found;
}
