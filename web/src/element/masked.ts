/** A secret as a person who knows it knows it again: its two ends, and dots for what lies between. */

const MOST = 4;
const DOTS = "••••••";

/** What a private key begins with says of what kind it is, and nothing else. */
const HEADER = /^-----BEGIN [A-Z0-9 ]+-----/;

export function masked(text: string): string {
  const header = HEADER.exec(text);
  if (header !== null) return `${header[0]} ${DOTS}`;
  // By code points: half a surrogate pair is no letter.
  const letters = Array.from(text.replaceAll(/\s+/g, " "));
  // Of a short one an end would give too much away.
  const shown = Math.min(MOST, Math.floor(letters.length / 5));
  return letters.slice(0, shown).join("") + DOTS + letters.slice(letters.length - shown).join("");
}
