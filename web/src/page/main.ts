/** The page: a list of sessions, one session, and the signing in that both need. Its address decides what is shown. */
import "../element/session-export-menu-define.ts";

import { fill, h } from "../dom.ts";
import { fetchAhead } from "./ahead.ts";
import { Api } from "./api.ts";
import type { App, View } from "./app.ts";
import { banner } from "./banner.ts";
import { placeHint, say } from "./hint.ts";
import { lazyView } from "./lazy-view.ts";
import { showList } from "./list.ts";
import { openFiles } from "./local/inbox.ts";
import { bindIntake } from "./local/intake.ts";
import { redrawOffline, startOffline } from "./offline/offline.ts";
import { receiveFiles } from "./offline/received.ts";
import { parseRoute, type Route } from "./route.ts";
import { applySettings, currentWords, fetchWords, settingsRestored } from "./settings.ts";
import { bindShortcuts } from "./shortcuts.ts";
import { takeToken } from "./token.ts";

takeToken();
applySettings();

const main = h("main", { id: "main", tabindex: -1 });
const header = h("header", { class: "banner" });
let view: View | null = null;
let first = true;

const app: App = {
  api: new Api(),
  get words() {
    return currentWords();
  },
  show: render,
  signIn: () => {
    place(lazyView(app, async () => (await import("./sign-in.ts")).showSignIn(app)));
  },
};

void fetchWords().then(start);

function start(): void {
  document.body.append(header, main);
  placeHint();
  bindShortcuts(app, () => view);
  bindIntake(app);
  addEventListener("hashchange", render);
  addEventListener("py-export-settings", () => void settingsRestored().then((other) => { if (other) render(); }));
  render();
  startOffline(app);
  receiveFiles(app, (files) => { openFiles(app, files); });
  void fetchAhead();
}

/** Draw what the address names, in the language that is set. */
function render(): void {
  const { words } = app;
  document.documentElement.lang = words.locale;
  fill(header, ...banner(app));
  redrawOffline(app);
  place(viewOf(parseRoute(location.hash)));
}

function viewOf(route: Route): View {
  if (route.name === "local") return lazyView(app, async () => (await import("./local/local.ts")).showLocal(app, route.session));
  if (route.name === "session") return lazyView(app, async () => (await import("./session.ts")).showSession(app, route.id));
  return showList(app, route.query);
}

function place(next: View): void {
  view?.leave();
  say("");
  view = next;
  fill(main, next.root);
  document.title = next.title === "" ? "py-export" : `${next.title} · py-export`;
  // Where a link led, reading begins at the heading; a page just opened keeps its beginning.
  if (!first) next.arrive();
  first = false;
}
