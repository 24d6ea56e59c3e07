/** The page's keyboard shortcuts, and which of them a key press is. Pure. */

export type Shortcut = "export" | "copy" | "open" | "line" | "help";

/** With Ctrl (Cmd on a Mac) and Shift. */
const LETTERS: Readonly<Record<string, Shortcut>> = { e: "export", c: "copy" };
/** With Ctrl (Cmd on a Mac) alone. */
const PLAIN: Readonly<Record<string, Shortcut>> = { o: "open" };
/** Alone. A person may turn these off, since a voice that is typed down presses them too. */
const SIGNS: Readonly<Record<string, Shortcut>> = { ":": "line", "/": "line", "?": "help" };

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export function shortcutOf(press: Press, mac: boolean, signs: boolean): Shortcut | null {
  const [primary, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (primary && !other && !press.altKey) return (press.shiftKey ? LETTERS : PLAIN)[letterOf(press)] ?? null;
  // AltGr, which some layouts need for a sign, comes as Ctrl and Alt at once.
  const alone = !press.metaKey && press.ctrlKey === press.altKey;
  return signs && alone ? (SIGNS[press.key] ?? null) : null;
}

/** The caps of a shortcut's keys, each as its ways to press it. */
export function capsOf(shortcut: Shortcut, mac: boolean): string[][] {
  const signs = Object.keys(SIGNS).filter((sign) => SIGNS[sign] === shortcut);
  const capitals = (table: Readonly<Record<string, Shortcut>>): string[] =>
    Object.keys(table).filter((letter) => table[letter] === shortcut).map((letter) => letter.toUpperCase());
  const main = mac ? "⌘" : "Ctrl";
  return [
    ...signs.map((sign) => [sign]),
    ...capitals(LETTERS).map((letter) => [main, mac ? "⇧" : "Shift", letter]),
    ...capitals(PLAIN).map((letter) => [main, letter]),
  ];
}

/** The same as `aria-keyshortcuts` wants it. */
export function ariaOf(shortcut: Shortcut, mac: boolean): string {
  const caps: Readonly<Record<string, string>> = { "⌘": "Meta", "⇧": "Shift", Ctrl: "Control" };
  return capsOf(shortcut, mac).map((keys) => keys.map((key) => caps[key] ?? key).join("+")).join(" ");
}

export function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}

/** The letter on the key; on a layout without Latin letters, the one at its place. */
function letterOf({ key, code }: Press): string {
  return /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, "").toLowerCase();
}
