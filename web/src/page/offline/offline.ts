/** The page as an app that works with the network off: its service worker, what is kept, updates, and what is said of it. */
import type { App } from "../app.ts";
import { lazily } from "../lazily.ts";
import { dialogIsOpen } from "../typing.ts";
import { keepInstallOffer } from "./install.ts";
import { Keeping } from "./keeping.ts";
import { drawNetworkBanner, placeNetworkBanner } from "./network-banner.ts";
import { register, tell } from "./service-worker.ts";
import { offerUpdates, redrawOffer } from "./update.ts";

/** Null until the service worker is there, and where there is none to be had. */
let keeping: Keeping | null = null;

export function startOffline(app: App): void {
  keepInstallOffer();
  placeNetworkBanner(() => { redrawOffline(app); });
  redrawOffline(app);
  void register().then((registration) => {
    if (registration === null) return;
    keeping = new Keeping(app, registration);
    offerUpdates(app, registration);
    redrawOffline(app);
    void navigator.serviceWorker.ready.then(({ active }) => {
      if (active !== null) tell(active, { type: "loaded" });
    });
  });
}

/** Say again what is on the screen, in the language that is set now. */
export function redrawOffline(app: App): void {
  const { locale } = app.words;
  // An app is described in the language that the page is in when it is installed.
  document.querySelector("link[rel=manifest]")?.setAttribute("href", `./manifest.${locale === "en" ? "" : `${locale}.`}webmanifest`);
  void drawNetworkBanner(app, keeping);
  redrawOffer(app);
}

export function showOffline(app: App): void {
  lazily(app, import("./offline-dialog.ts"), ({ showOfflineDialog }) => {
    if (!dialogIsOpen()) showOfflineDialog(app, keeping);
  });
}
