/** How the video looks: colours as the player has them, sizes in units of which the picture is 1280 wide and 720 high. */

export const WIDTH = 1280;
export const HEIGHT = 720;
/** Where the conversation stands, and between which heights. */
export const COLUMN = { left: 150, width: 980, top: 84, bottom: 646 } as const;
export const INDENT = 30;

const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Hiragino Sans", "Noto Sans CJK JP", sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Code", "Segoe UI Mono", "Liberation Mono", "DejaVu Sans Mono", "Noto Sans Mono CJK SC", monospace';

export const FONTS = {
  title: `600 21px ${SANS}`,
  fact: `15px ${SANS}`,
  who: `600 17px ${SANS}`,
  words: `21px ${SANS}`,
  thought: `italic 19px ${SANS}`,
  strong: `600 18px ${SANS}`,
  small: `17px ${SANS}`,
  code: `18px ${MONO}`,
} as const;
export type Font = keyof typeof FONTS;

/** Of a line of text, in the same units. */
export const LINE: Readonly<Record<Font, number>> = { title: 28, fact: 22, who: 28, words: 32, thought: 29, strong: 28, small: 25, code: 26 };

const LIGHT = {
  paper: "#faf9f6",
  text: "#1d1d1b",
  muted: "#62605b",
  line: "#e3e1db",
  accent: "#0b6b5b",
  pale: "#9fcabf",
  tint: "#e6f0ec",
  code: "#f1eee7",
  danger: "#a3261b",
};
export type Colour = keyof typeof LIGHT;

const DARK: Record<Colour, string> = {
  paper: "#161717",
  text: "#ecebe7",
  muted: "#a8a6a0",
  line: "#333433",
  accent: "#76cdb9",
  pale: "#2f5f55",
  tint: "#1f2f2b",
  code: "#232525",
  danger: "#f2a199",
};

export const THEMES: Readonly<Record<"light" | "dark", Readonly<Record<Colour, string>>>> = { light: LIGHT, dark: DARK };
