/** The list of shortcuts, fetched when it is first asked for. */
import type { App } from "./app.ts";

export function showHelp(app: App): void {
  void import("./shortcuts-dialog.ts").then(({ showShortcuts }) => { showShortcuts(app); });
}
