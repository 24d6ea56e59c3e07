/** The list of shortcuts, fetched when it is first asked for. */
import type { App } from "./app.ts";
import { lazily } from "./lazily.ts";
import { dialogIsOpen } from "./typing.ts";

export function showHelp(app: App): void {
  lazily(app, import("./shortcuts-dialog.ts"), ({ showShortcuts }) => {
    // Another dialog may have come first.
    if (!dialogIsOpen()) showShortcuts(app);
  });
}
