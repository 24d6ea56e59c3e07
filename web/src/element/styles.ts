/** The element's styles as one constructable sheet, shared by all of them: no inline style, so no exception in a host's CSP. */
import buttons from "./buttons.css?inline";
import cards from "./cards.css?inline";
import dialog from "./dialog.css?inline";
import menu from "./menu.css?inline";
import outcome from "./outcome.css?inline";
import panes from "./panes.css?inline";
import progress from "./progress.css?inline";
import toast from "./toast.css?inline";

let sheet: CSSStyleSheet | undefined;

export function styleSheet(): CSSStyleSheet {
  if (sheet === undefined) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync([menu, dialog, buttons, outcome, cards, panes, progress, toast].join("\n"));
  }
  return sheet;
}
