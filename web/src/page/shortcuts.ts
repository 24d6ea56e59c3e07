/** The keyboard shortcuts: what each does, and when it is left to others. */
import type { App, View } from "./app.ts";
import { showHelp } from "./help.ts";
import { say } from "./hint.ts";
import { isMac, shortcutOf, type Shortcut } from "./keys.ts";
import { chooseFiles } from "./local/intake.ts";
import { singleKeys } from "./settings.ts";
import { dialogIsOpen, typesIn } from "./typing.ts";

/** Listen to the whole page. `view` is what is shown. */
export function bindShortcuts(app: App, view: () => View | null): void {
  const mac = isMac();
  addEventListener("keydown", (event) => {
    if (event.repeat || event.isComposing || event.defaultPrevented) return;
    const shortcut = shortcutOf(event, mac, singleKeys());
    if (shortcut === null || isElsewhere(event, shortcut) || dialogIsOpen()) return;
    if (act(app, view(), shortcut)) event.preventDefault();
  });
}

/** Do it; whether it was done, so that the browser does nothing of its own. */
function act(app: App, view: View | null, shortcut: Shortcut): boolean {
  if (shortcut === "help") showHelp(app);
  else if (shortcut === "open") chooseFiles(app);
  else if (shortcut === "line") view?.focusLine();
  else {
    const menu = view?.menu() ?? null;
    if (menu === null) return false;
    if (menu === "row") say(app.words.t("ui.shortcut_no_row"));
    else if (shortcut === "export") menu.open();
    else void menu.copyMarkdown();
  }
  return true;
}

// In the command line a sign is a letter like any other; with Ctrl it is what the line is for.
function isElsewhere(event: Event, shortcut: Shortcut): boolean {
  const field = typesIn(event);
  return field !== null && (shortcut === "line" || shortcut === "help" || !field.matches("[data-command-line]"));
}
