/** What is open on this device: the list of it, and each of its sessions. Fetched when files first come. */
import { adopt } from "../../element/styles.ts";
import type { App, View } from "../app.ts";
import { takeIncoming } from "./inbox.ts";
import { LocalList } from "./list.ts";
import localStyle from "./local.css?inline";
import { Opening } from "./opening.ts";
import { showLocalSession } from "./session.ts";

let opening: Opening | null = null;

export function showLocal(app: App, session: number | null): View {
  adopt(document.documentElement, localStyle);
  const incoming = takeIncoming();
  if (incoming.length > 0) {
    opening?.close();
    opening = new Opening(incoming);
  }
  const info = opening?.file?.info;
  if (session !== null && opening?.file != null && info?.sessions[session] !== undefined) {
    return showLocalSession(app, opening.file, session);
  }
  return new LocalList(app, opening).view();
}
