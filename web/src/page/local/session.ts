/** One session of the files on this device: the same view as of a stored one, fed by the engine. */
import type { OpenFile } from "../../engine/file.ts";
import type { MessagePage } from "../api.ts";
import type { App, View } from "../app.ts";
import { exportMenu } from "../export-menu.ts";
import type { SessionHeader } from "../model.ts";
import { LOCAL_ADDRESS } from "../route.ts";
import { showSessionOf } from "../session.ts";
import { chooseFiles } from "./intake.ts";

/** Files opened one after the other have sessions of the same numbers. */
const keys = new WeakMap<OpenFile, number>();
let count = 0;

export function showLocalSession(app: App, file: OpenFile, number: number): View {
  if (!keys.has(file)) keys.set(file, (count += 1));
  const menu = exportMenu(app, "", null);
  menu.opened = { file, sessions: [number] };
  return showSessionOf(app, {
    key: `local ${keys.get(file) ?? 0} ${number}`,
    list: { address: LOCAL_ADDRESS, label: app.words.t("ui.to_local") },
    menu,
    load: async (signal) => (await file.header(number, signal)) as unknown as SessionHeader,
    messages: async (from, to, signal) => (await file.messages(number, from, to, signal)) as unknown as MessagePage,
    import: () => { chooseFiles(app); },
  });
}
