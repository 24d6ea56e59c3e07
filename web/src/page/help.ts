/** The list of shortcuts, fetched when it is first asked for. */
import type { App } from "./app.ts";
import { dialogIsOpen } from "./typing.ts";

export function showHelp(app: App): void {
  void import("./shortcuts-dialog.ts").then(({ showShortcuts }) => {
    // Another dialog may have come first.
    if (!dialogIsOpen()) showShortcuts(app);
  });
}
