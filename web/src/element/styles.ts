/** Styles as constructable sheets, each made once and shared by all elements: no inline style, so no exception in a host's CSP. */
import menu from "./menu.css?inline";
import toast from "./toast.css?inline";

/** What every element starts with. */
export const STYLE = [menu, toast].join("\n");

const sheets = new Map<string, CSSStyleSheet>();

/** Style all that stands in the same document or shadow root as `part`. */
export function adopt(part: Element, style: string): void {
  const root = part.getRootNode();
  const sheet = sheetOf(style);
  if ((root instanceof Document || root instanceof ShadowRoot) && !root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

export function sheetOf(style: string): CSSStyleSheet {
  let sheet = sheets.get(style);
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    sheets.set(style, sheet);
  }
  return sheet;
}
