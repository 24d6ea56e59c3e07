/** A name as it may be shown. Pure. */

/** What has no shape, and what turns the letters around it about: with it, `gpj.exe` reads as `exe.jpg`. */
const UNSHOWN = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** A title or a file's name with a sign for whatever would not be seen, or would make it look like another. */
export function shownName(name: string): string {
  return name.replaceAll(UNSHOWN, "\ufffd");
}
