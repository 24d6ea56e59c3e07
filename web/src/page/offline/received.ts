/** Files that reach the page without a press in it: shared by another application, or opened with this one. */
import { SHARED, takeFiles } from "../../service-worker/shared.ts";
import type { App } from "../app.ts";
import { say } from "../hint.ts";

/** Not in TypeScript's library: only Chromium has it. */
interface LaunchQueue {
  setConsumer: (consumer: (launch: { files?: readonly FileSystemFileHandle[] }) => void) => void;
}

/** Hand every such file to `open`, those of one share or launch at once. Call it once, when the page is drawn. */
export function receiveFiles(app: App, open: (files: readonly File[]) => void): void {
  const queue = (globalThis as { launchQueue?: LaunchQueue }).launchQueue;
  queue?.setConsumer(({ files = [] }) => {
    if (files.length > 0) void given(app, Promise.all(files.map(async (file) => file.getFile())), open);
  });
  const address = new URL(location.href);
  const shared = address.searchParams.get(SHARED);
  if (shared === null) return;
  // Taken once: reloading the page, or going back to it, opens nothing again.
  address.searchParams.delete(SHARED);
  history.replaceState(history.state, "", address);
  const stored = shared === "failed" ? Promise.reject(new TypeError(SHARED)) : takeFiles(new URL(".", document.baseURI).href);
  void given(app, stored, open);
}

async function given(app: App, coming: Promise<readonly File[]>, open: (files: readonly File[]) => void): Promise<void> {
  try {
    const files = await coming;
    if (files.length > 0) open(files);
  } catch {
    say(app.words.t("ui.received_failed"));
  }
}
