/** What a view shows when the function refuses: the sign-in for 401, else a panel with the sentence and a way on. */
import { HttpError } from "../http.ts";
import { explain, isAbort } from "../element/errors.ts";
import type { App } from "./app.ts";
import { noticePanel } from "./notice-panel.ts";

/** A panel for this error, or null where nothing is to be shown here: an abort, or the sign-in that takes over. */
export function failurePanel(app: App, error: unknown, retry: () => void): HTMLElement | null {
  if (isAbort(error)) return null;
  if (error instanceof HttpError && error.status === 401) {
    app.signIn();
    return null;
  }
  const { t } = app.words;
  const failure = explain(error, app.words);
  if (failure.code === "offline") return offlinePanel(app, retry);
  if (failure.code === "network") return noticePanel(t("ui.server_away"), t("ui.server_away_lead"), { label: t("ui.retry"), act: retry }, true);
  const action =
    failure.remedy === "none"
      ? { label: t("ui.to_list"), act: () => { location.hash = "#/"; } }
      : { label: t("ui.retry"), act: retry };
  return noticePanel(t(failure.remedy === "none" ? "ui.not_there" : "ui.not_loaded"), failure.message, action, true);
}

/** What comes from the server is not to be had now; what is on the device is. Loads by itself when the network is back. */
function offlinePanel(app: App, retry: () => void): HTMLElement {
  const { t } = app.words;
  const panel = noticePanel(t("ui.offline_sessions"), t("ui.offline_sessions_lead"), { label: t("ui.retry"), act: retry }, true);
  addEventListener("online", () => { if (panel.isConnected) retry(); }, { once: true });
  return panel;
}
