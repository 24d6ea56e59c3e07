/** One session of the list: its title, its facts, and its export menu by button, right click or long press. */
import { h } from "../dom.ts";
import { formatTime, isoTime } from "../format.ts";
import { exportMenu } from "./export-menu.ts";
import type { App } from "./app.ts";
import type { SessionRow } from "./model.ts";
import { sessionAddress } from "./route.ts";
import { sourceName } from "./source-name.ts";

export function sessionRow(app: App, row: SessionRow, index: number): HTMLElement {
  const { t, locale } = app.words;
  const id = `session-${index}`;
  const title = row.title ?? t("ui.untitled");
  const time = row.updatedAt ?? row.createdAt ?? null;
  const menu = exportMenu(app, row.id, t("ui.actions_for", { title }));
  menu.setAttribute("for", id);
  return h(
    "li",
    { id, class: "session" },
    h(
      "div",
      { class: "what" },
      h("a", { href: sessionAddress(row.id), class: "session-title", dir: "auto" }, title),
      h(
        "p",
        { class: "facts" },
        h("span", { class: "source" }, sourceName(row.source?.app, t("ui.source_unknown"))),
        h("span", {}, t("ui.message_count", { count: row.messageCount })),
        time !== null && h("time", { datetime: isoTime(time) }, formatTime(time, locale)),
      ),
    ),
    menu,
  );
}
