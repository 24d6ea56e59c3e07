/** Files from this device, each with its export menu: they are converted here and sent nowhere. */
import { h, icon } from "../../dom.ts";
import type { App } from "../app.ts";
import { exportMenu } from "../export-menu.ts";
import { ICONS } from "../icons.ts";

/** Show them above what the page shows. One alone goes straight to its dialog. */
export function openReceived(app: App, files: readonly File[]): void {
  const { t } = app.words;
  const menus = files.map((file) => {
    const menu = exportMenu(app, "", t("ui.actions_for", { title: file.name }));
    menu.payload = file;
    return menu;
  });
  const rows = files.map(({ name }, index) => h("li", {}, icon(ICONS.file), h("bdi", { class: "part" }, name), menus[index] ?? null));
  const close = h("button", { type: "button", class: "round", "aria-label": t("ui.close"), title: t("ui.close"), onclick: () => { root.remove(); } }, icon(ICONS.close));
  const root = h("section", { class: "received", "aria-labelledby": "received-title" }, h("header", {}, h("h2", { id: "received-title" }, t("ui.received")), close), h("ul", { class: "parts" }, ...rows));
  document.querySelector(".received")?.remove();
  document.querySelector("#main")?.before(root);
  if (menus.length === 1) menus[0]?.open();
}
