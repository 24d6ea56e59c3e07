/** The service worker: the page and the engine from the device, everything else untouched. */
import { Shelf } from "../engine/shelf.ts";
import { Kept, type Progress } from "./caches.ts";
import type { Version } from "./files.ts";
import type { Answer, Question, VersionQuestion } from "./messages.ts";
import { planOf } from "./plan.ts";
import { filesOf, SHARED, storeFiles } from "./shared.ts";

/** Written in by the build. */
declare const VERSION: Version;
declare const self: ServiceWorkerGlobalScope;

/** A tab that does not answer within this time is taken to need what it has. */
const PATIENCE_MS = 2000;

const { scope } = self.registration;
const kept = new Kept(scope, VERSION);
const paths = new Set([...VERSION.shell, ...VERSION.parts.flatMap((part) => part.files)].map(({ path }) => path));

self.addEventListener("install", (event) => {
  event.waitUntil(install());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const plan = planOf(request, scope, paths);
  if (plan === "shell") {
    event.respondWith(page(request));
    event.waitUntil(leaveIfGone());
  } else if (plan === "kept") event.respondWith(file(event));
  else if (plan === "share") event.respondWith(takeIn(request));
});

self.addEventListener("message", (event) => {
  const [port] = event.ports;
  event.waitUntil(answer(event.data as Question, (said) => port?.postMessage(said)));
});

async function install(): Promise<void> {
  await kept.keepShell();
  // Where people convert offline, they can do so right after an update too. Without room for it, the update is still one.
  if (await kept.inUse()) await kept.keepParts(VERSION.parts.filter(({ needed }) => needed).map(({ name }) => name)).catch(() => undefined);
}

/** Always from the device, so that one version's page meets one version's files; the address, which may hold a token, is not kept. */
async function page(request: Request): Promise<Response> {
  return (await kept.page().catch(() => undefined)) ?? fetch(request);
}

async function file(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const found = await kept.file(request.url).catch(() => undefined);
  if (found !== undefined) return found;
  const response = await fetch(request);
  if (response.ok) event.waitUntil(kept.keepFile(request.url).catch(() => undefined));
  return response;
}

async function takeIn(request: Request): Promise<Response> {
  const said = await request.formData().then(async (form) => storeFiles(scope, filesOf(form))).then(() => "files", () => "failed");
  // 303: the browser asks for the page, and going back or reloading shares nothing twice.
  return Response.redirect(`${scope}?${SHARED}=${said}`, 303);
}

async function answer(question: Question, say: (answer: Answer) => void): Promise<void> {
  switch (question.type) {
    case "state":
      say({ type: "state", state: await kept.state() });
      return;
    case "keep":
      await keep(question.parts, say);
      return;
    case "accept":
      await self.skipWaiting();
      return;
    case "loaded":
      await forgetOlder();
  }
}

async function keep(parts: readonly string[], say: (answer: Answer) => void): Promise<void> {
  const progress: Progress = (done, total) => { say({ type: "progress", done, total }); };
  try {
    await kept.keepParts(parts, progress);
    say({ type: "state", state: await kept.state() });
  } catch (error) {
    const full = error instanceof DOMException && error.name === "QuotaExceededError";
    say({ type: "failed", reason: full ? "full" : "network" });
  }
}

/** Forget older versions, unless a page may still run one. Not done on activation, which every request would have to wait for. */
async function forgetOlder(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const running = await Promise.all(pages.filter(({ url }) => url.startsWith(scope)).map(versionOf));
  if (running.includes(null)) return;
  await kept.forgetOlder(new Set(running.filter((id) => id !== null)));
}

async function versionOf(client: Client): Promise<string | null> {
  const { port1, port2 } = new MessageChannel();
  const question: VersionQuestion = { type: "version" };
  return new Promise((resolve) => {
    setTimeout(() => { resolve(null); }, PATIENCE_MS);
    port1.onmessage = ({ data }: MessageEvent<string>) => { resolve(data); };
    client.postMessage(question, [port2]);
  });
}

/** Another application at this address, as happens on loopback, must not be hidden behind ours for good. */
async function leaveIfGone(): Promise<void> {
  const response = await fetch(self.location.href, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (response?.status !== 404 && response?.status !== 410) return;
  await self.registration.unregister();
  await kept.forgetAll();
  await new Shelf(`${scope}engine/`).clear();
}
