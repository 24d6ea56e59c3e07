/** The page's side of the service worker: registered after the page has loaded, and asked over a port of its own per question. */
import type { State } from "../../service-worker/files.ts";
import type { Answer, Question, VersionQuestion } from "../../service-worker/messages.ts";
import { VERSION } from "./version.ts";

/** An update is looked for when the page comes back into sight after this long. */
const STALE_MS = 3_600_000;

/** Why parts could not be kept. */
export class KeepError extends Error {
  override readonly name = "KeepError";
  readonly reason: "full" | "network";

  constructor(reason: KeepError["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

/** Register it. Null where there is none to be had: a private window, blocked storage, an address without TLS. */
export async function register(): Promise<ServiceWorkerRegistration | null> {
  // The property is absent on an address without TLS, and its mere mention throws in some sandboxed frames.
  try {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    if (container === undefined || VERSION === "") return null;
    container.addEventListener("message", sayVersion);
    container.startMessages();
    await loaded();
    const registration = await registered(container);
    if (registration !== null) lookForUpdates(registration);
    return registration;
  } catch {
    return null;
  }
}

/** To register anew what is there already would bring back one that is on its way out, as where the page has moved away. */
async function registered(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration | null> {
  const scope = new URL(".", document.baseURI).href;
  const script = `${scope}sw.js`;
  const found = await container.getRegistration(scope);
  if (found?.scope === scope && found.active?.scriptURL === script) return found;
  return container.controller?.scriptURL === script ? null : container.register(script, { updateViaCache: "none" });
}

/** The one that is in charge, now or in a moment. Rejects where it could not be installed, as without room on the device. */
export async function activeWorker({ active, waiting, installing }: ServiceWorkerRegistration): Promise<ServiceWorker> {
  if (active !== null) return active;
  const coming = waiting ?? installing;
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (coming?.state === "activated") resolve(coming);
      else if (coming === null || coming.state === "redundant") reject(new TypeError("not installed"));
    };
    coming?.addEventListener("statechange", look);
    look();
  });
}

export async function stateOf(worker: ServiceWorker): Promise<State> {
  return ask(worker, { type: "state" });
}

/** Keep parts on the device. Rejects with KeepError. */
export async function keep(worker: ServiceWorker, parts: readonly string[], onProgress?: (done: number, total: number) => void): Promise<State> {
  return ask(worker, { type: "keep", parts }, onProgress);
}

/** Say something that needs no answer. */
export function tell(worker: ServiceWorker, question: Extract<Question, { type: "accept" | "loaded" }>): void {
  worker.postMessage(question);
}

async function ask(worker: ServiceWorker, question: Question, onProgress?: (done: number, total: number) => void): Promise<State> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }: MessageEvent<Answer>) => {
      if (data.type === "progress") onProgress?.(data.done, data.total);
      else {
        port1.close();
        if (data.type === "state") resolve(data.state);
        else reject(new KeepError(data.reason));
      }
    };
    worker.postMessage(question, [port2]);
  });
}

function sayVersion({ data, ports }: MessageEvent<VersionQuestion | undefined>): void {
  if (data?.type === "version") ports[0]?.postMessage(VERSION);
}

/** Nothing of it may hold up what is on the screen. */
async function loaded(): Promise<void> {
  if (document.readyState === "complete") return;
  await new Promise((resolve) => { addEventListener("load", resolve, { once: true }); });
}

// The browser looks at every navigation; an installed app may go without one for days.
function lookForUpdates(registration: ServiceWorkerRegistration): void {
  let looked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "visible" || Date.now() - looked < STALE_MS) return;
    looked = Date.now();
    registration.update().catch(() => undefined);
  });
}
