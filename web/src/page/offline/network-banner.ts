/** While there is no network: a line that says so, and what works all the same. */
import { fill, h } from "../../dom.ts";
import { formatBytes } from "../../format.ts";
import { isReady, missingBytes } from "../../service-worker/files.ts";
import type { App } from "../app.ts";
import type { Keeping } from "./keeping.ts";

const root = h("div", { role: "status", class: "network" });

export function placeNetworkBanner(redraw: () => void): void {
  document.querySelector("#main")?.before(root);
  addEventListener("online", redraw);
  addEventListener("offline", redraw);
}

export async function drawNetworkBanner(app: App, keeping: Keeping | null): Promise<void> {
  const isOffline = (): boolean => !navigator.onLine;
  if (!isOffline()) {
    fill(root);
    return;
  }
  const { t, locale } = app.words;
  const state = await keeping?.state().catch(() => null);
  const needed = state?.parts.filter((part) => part.needed);
  const still = needed === undefined || isReady(needed) ? t("ui.offline_still") : t("ui.offline_missing", { size: formatBytes(missingBytes(needed), locale) });
  // It may be back by now.
  if (isOffline()) fill(root, h("p", {}, h("strong", {}, t("ui.offline")), " ", still));
}
