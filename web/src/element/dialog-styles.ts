/** The style of the dialog, which comes with it: the element's button, menu and short message do without. */
import buttons from "./buttons.css?inline";
import cards from "./cards.css?inline";
import dialog from "./dialog.css?inline";
import fields from "./fields.css?inline";
import outcome from "./outcome.css?inline";
import panes from "./panes.css?inline";
import progress from "./progress.css?inline";

export const DIALOG_STYLE = [dialog, buttons, outcome, cards, fields, panes, progress].join("\n");
