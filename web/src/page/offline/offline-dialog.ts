/** "Working offline": what is on this device, what is not and how large it is, and the button that fetches it. */
import { fill, h, icon } from "../../dom.ts";
import type { Key } from "../../element/words.ts";
import { Shelf } from "../../engine/shelf.ts";
import { formatBytes } from "../../format.ts";
import { isReady, missingBytes, type PartState } from "../../service-worker/files.ts";
import type { App } from "../app.ts";
import { ICONS } from "../icons.ts";
import { openSheet } from "../sheet.ts";
import { installOffer } from "./install.ts";
import type { Keeping } from "./keeping.ts";
import { KeepError } from "./service-worker.ts";

const REASONS: Record<KeepError["reason"], Key> = { full: "ui.offline_full", network: "ui.offline_failed" };

export function showOfflineDialog(app: App, keeping: Keeping | null): void {
  const { t } = app.words;
  const said = h("p", { role: "status", class: "offline-said" });
  const list = h("ul", { class: "parts" });
  const progress = h("progress", { hidden: true, "aria-label": t("ui.offline_keep") });
  const keep = h("button", { type: "button", class: "button primary", hidden: true }, t("ui.offline_keep"));
  const install = h("button", { type: "button", class: "button", hidden: installOffer() === null, onclick: () => {
    install.hidden = true;
    void installOffer()?.();
  } }, t("ui.install"));
  const server = h("p", { class: "hint" }, t("ui.offline_server"));
  const done = h("button", { type: "button", class: "button", onclick: () => { close(); } }, t("ui.done"));
  const { close } = openSheet(app.words, t("ui.offline_title"), [said, progress, list, server], [install, keep, done]);

  const draw = async (): Promise<void> => {
    const quick = await quickStart(app, async () => {
      await draw();
      // The focus must not be lost with what had it.
      (list.querySelector("input") ?? done).focus();
    });
    const state = await keeping?.state().catch(() => null);
    if (state === undefined || state === null) {
      fill(list, quick);
      said.textContent = t("ui.offline_unavailable");
      return;
    }
    const needed = state.parts.filter((part) => part.needed);
    const missing = missingBytes(needed);
    said.textContent = isReady(needed) ? t("ui.offline_is_ready") : t("ui.offline_needs", { size: size(app, missing) });
    fill(list, row(app, t("ui.offline_part_page"), 0, 0), ...state.parts.map((part) => partRow(app, part, () => void fetchAll([part]))), quick);
    keep.hidden = missing === 0;
    keep.disabled = !navigator.onLine;
    keep.onclick = () => void fetchAll(needed);
  };
  const fetchAll = async (parts: readonly PartState[]): Promise<void> => {
    if (keeping === null) return;
    const buttons = [keep, ...list.querySelectorAll("button")];
    for (const button of buttons) {
      button.onclick = null;
      button.setAttribute("aria-disabled", "true");
    }
    progress.hidden = false;
    said.textContent = t("ui.offline_keeping");
    try {
      await keeping.keep(parts, (done, total) => {
        progress.max = total;
        progress.value = done;
      });
      await draw();
    } catch (error) {
      await draw();
      said.textContent = t(error instanceof KeepError ? REASONS[error.reason] : "ui.offline_failed");
    }
    progress.hidden = true;
    keep.removeAttribute("aria-disabled");
    // The focus must not be lost with the button that had it.
    if (keep.hidden || !buttons.some((button) => button.isConnected && button === document.activeElement)) done.focus();
  };
  void draw();
}

/** What every conversion needs comes at once; what is heavy is asked for by itself. */
function partRow(app: App, { name, needed, download, missing }: PartState, fetch: () => void): HTMLElement {
  const { t } = app.words;
  const called = t(`ui.offline_part_${name}` as Key);
  const own = row(app, called, download, missing);
  if (needed || missing === 0) return own;
  const label = t("ui.offline_keep");
  own.append(h("button", { type: "button", class: "button slim", disabled: !navigator.onLine, "aria-label": `${label}: ${called}`, onclick: fetch }, label));
  return own;
}

function row(app: App, name: string, download: number, missing: number): HTMLElement {
  const { t } = app.words;
  return h(
    "li",
    { "data-kept": String(missing === 0) },
    icon(missing === 0 ? ICONS.check : ICONS.cloud),
    h("span", { class: "part" }, name),
    h("span", { class: "hint" }, missing === 0 ? t("ui.offline_kept") : size(app, download)),
  );
}

/** The picture of the engine's memory: it comes by itself, makes nothing but the start faster, and is the largest thing here. Who does not want it says so once. */
async function quickStart(app: App, redraw: () => Promise<void>): Promise<HTMLElement | null> {
  const { t } = app.words;
  const shelf = new Shelf(new URL("engine/", document.baseURI).href);
  const [bytes, refused] = await Promise.all([shelf.size(), shelf.refused()]);
  if (bytes === 0 && !refused) return null;
  const kept = h("input", { type: "checkbox", "aria-label": t("ui.offline_part_quick"), checked: !refused, onchange: () => {
    void (kept.checked ? shelf.clear() : shelf.refuse()).then(redraw);
  } });
  return h(
    "li",
    { "data-kept": String(!refused) },
    icon(refused ? ICONS.cloud : ICONS.check),
    h("span", { class: "part" }, t("ui.offline_part_quick")),
    refused ? null : h("span", { class: "hint" }, size(app, bytes)),
    h("label", { class: "tick" }, kept),
  );
}

function size(app: App, bytes: number): string {
  return formatBytes(bytes, app.words.locale);
}
