/** The page's own use of the element that other applications embed. */
import type { SessionExportMenu } from "../element/session-export-menu.ts";
import { h } from "../dom.ts";
import type { App } from "./app.ts";
import { ENGINE } from "./engine.ts";
import { currentToken } from "./token.ts";

export function exportMenu(app: App, sessionId: string, label: string | null): SessionExportMenu {
  const menu = h("session-export-menu", { "session-id": sessionId, endpoint: app.api.endpoint, engine: ENGINE, label });
  menu.token = currentToken;
  menu.addEventListener("export-sign-in", (event) => {
    event.preventDefault();
    app.signIn();
  });
  return menu;
}
