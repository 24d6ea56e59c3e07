/** Code that the first press may want, fetched while there is nothing else to do. Of the engine nothing: that waits for a sign of intent. */
import { exporterCode } from "./exporter-code.ts";

/** Safari has no word for it: by then the page is drawn. */
const SOON_MS = 1000;

export async function fetchAhead(): Promise<void> {
  await idle();
  // Whoever asks for it by a press hears why it does not come. A file that is dropped when the network has gone finds its view here:
  // on its first visit a page is not yet served from the device.
  await Promise.allSettled([exporterCode(), import("./session.ts"), import("./local/local.ts")]);
}

async function idle(): Promise<void> {
  if (document.readyState !== "complete") await new Promise((resolve) => { addEventListener("load", resolve, { once: true }); });
  await new Promise<unknown>((resolve) => {
    if ("requestIdleCallback" in globalThis) requestIdleCallback(resolve);
    else setTimeout(resolve, SOON_MS);
  });
}
