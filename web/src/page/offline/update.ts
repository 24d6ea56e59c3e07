/** An update waits until a person takes it, and takes nobody's work away: it is not even offered while something runs. */
import { fill, h } from "../../dom.ts";
import type { App } from "../app.ts";
import { idle, isBusy } from "../busy.ts";
import { tell } from "./service-worker.ts";

const root = h("section", { class: "update", hidden: true });
const said = h("p", { role: "status", class: "unseen" });

/** Offer the versions that come. Each is offered once per visit: "Later" means the next one. */
export function offerUpdates(app: App, registration: ServiceWorkerRegistration): void {
  document.body.append(said, root);
  const watch = (worker: ServiceWorker | null): void => {
    if (worker === null) return;
    const look = (): void => {
      // The very first version is no update: nothing runs that it would replace.
      if (worker.state === "installed" && registration.active !== null) void offer(app, () => { take(worker); });
    };
    worker.addEventListener("statechange", look);
    look();
  };
  watch(registration.waiting);
  watch(registration.installing);
  registration.addEventListener("updatefound", () => { watch(registration.installing); });
  // Another tab has taken it: this one runs on with what it has, until its person says so.
  if (navigator.serviceWorker.controller !== null) {
    navigator.serviceWorker.addEventListener("controllerchange", () => { void offer(app, () => { location.reload(); }); });
  }
}

/** What "Reload" does; null while nothing is offered. */
let accept: (() => void) | null = null;
let offered = 0;

async function offer(app: App, taken: () => void): Promise<void> {
  const own = ++offered;
  await idle();
  if (own !== offered) return;
  accept = taken;
  redrawOffer(app);
  said.textContent = app.words.t("ui.update_available");
}

/** Show the offer that stands, in the language that is set now. */
export function redrawOffer(app: App): void {
  const { t } = app.words;
  root.hidden = accept === null;
  root.setAttribute("aria-label", t("ui.update_available"));
  const sentence = h("p", {}, t("ui.update_available"));
  fill(
    root,
    sentence,
    h("button", { type: "button", class: "button primary", onclick: () => {
      // What began since it was shown comes first; the offer stays.
      if (isBusy()) sentence.textContent = said.textContent = t("ui.update_busy");
      else accept?.();
    } }, t("ui.update_reload")),
    h("button", { type: "button", class: "button", onclick: () => {
      accept = null;
      redrawOffer(app);
    } }, t("ui.update_later")),
  );
}

/** The page is loaded anew when the other version is in charge; before that it would be the same again. */
function take(worker: ServiceWorker): void {
  worker.addEventListener("statechange", () => {
    if (worker.state === "activated") location.reload();
  });
  tell(worker, { type: "accept" });
}
