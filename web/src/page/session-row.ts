/** One session of a list: a box to tick, its title, its facts, and its export menu by button, right click or long press. */
import { h } from "../dom.ts";
import { formatTime, isoTime } from "../format.ts";
import { exportMenu } from "./export-menu.ts";
import type { SessionExportMenu } from "../element/session-export-menu.ts";
import type { App } from "./app.ts";
import { countOf, type SessionRow } from "./model.ts";
import { sessionAddress } from "./route.ts";
import { shownName } from "./shown-name.ts";
import { sourceName } from "./source-name.ts";

/** What a row is of: a session of the function's store, or one on this device. */
export interface RowOf {
  row: Omit<SessionRow, "id">;
  address: string;
  menu: SessionExportMenu;
  /** Where on this device it comes from. */
  file?: string;
}

/** A row for a session of the function's store. */
export function storedRow(app: App, row: SessionRow): RowOf {
  const title = shownName(row.title ?? app.words.t("ui.untitled"));
  return { row, address: sessionAddress(row.id), menu: exportMenu(app, row.id, app.words.t("ui.actions_for", { title })) };
}

export function sessionRow(app: App, { row, address, menu, file }: RowOf, index: number, box: HTMLInputElement): HTMLElement {
  const { t, locale } = app.words;
  const id = `session-${index}`;
  const title = shownName(row.title ?? t("ui.untitled"));
  const time = row.updatedAt ?? row.createdAt ?? null;
  box.setAttribute("aria-label", t("ui.tick", { title }));
  menu.setAttribute("for", id);
  return h(
    "li",
    { id, class: "session" },
    h("label", { class: "tick" }, box),
    h(
      "div",
      { class: "what" },
      h("a", { href: address, class: "session-title", dir: "auto" }, title),
      h(
        "p",
        { class: "facts" },
        h("span", { class: "source" }, sourceName(row.source?.app, t("ui.source_unknown"))),
        h("span", {}, t("ui.message_count", { count: countOf(row) })),
        file !== undefined && h("span", { class: "file" }, h("bdi", {}, shownName(file))),
        time !== null && h("time", { datetime: isoTime(time) }, formatTime(time, locale)),
      ),
    ),
    menu,
  );
}
