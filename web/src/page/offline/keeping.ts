/** What is kept on the device for working offline: the parts' state, kept after the first export, or when a person asks. */
import { isReady, type PartState, type State } from "../../service-worker/files.ts";
import { guarded } from "../../storage.ts";
import type { App } from "../app.ts";
import { say } from "../hint.ts";
import { keep, stateOf } from "./service-worker.ts";

/** Set once it was said that all is ready. */
const SAID_KEY = "py-export.offline-said";

export class Keeping {
  readonly #app: App;
  readonly #registration: ServiceWorkerRegistration;
  /** One after the other: two at once would fetch the same. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(app: App, registration: ServiceWorkerRegistration) {
    this.#app = app;
    this.#registration = registration;
    // The first export has just fetched nearly all of it: the rest is little.
    addEventListener("export-done", () => { void this.#keepQuietly(); });
  }

  async state(): Promise<State> {
    return stateOf(await this.#worker());
  }

  /** Keep these parts, because a person asks for it. Rejects with KeepError. */
  async keep(parts: readonly PartState[], onProgress: (done: number, total: number) => void): Promise<State> {
    const work = this.#turn.then(async () => {
      const worker = await this.#worker();
      // Asked for: the browser should not clear it away when room becomes scarce. It may ask the person.
      await navigator.storage.persist().catch(() => false);
      return keep(worker, names(parts), onProgress);
    });
    this.#turn = work.catch(() => undefined);
    const state = await work;
    markSaid();
    return state;
  }

  /** Nobody asked, so nobody is told of a failure: no room, no network. */
  async #keepQuietly(): Promise<void> {
    const work = this.#turn.then(async () => {
      const worker = await this.#worker();
      const needed = (await stateOf(worker)).parts.filter((part) => part.needed);
      if (!isReady(needed)) await keep(worker, names(needed));
      if (markSaid()) say(this.#app.words.t("ui.offline_ready"));
    });
    this.#turn = work.catch(() => undefined);
    await this.#turn;
  }

  async #worker(): Promise<ServiceWorker> {
    const { active } = await navigator.serviceWorker.ready;
    return active ?? Promise.reject(new TypeError(this.#registration.scope));
  }
}

function names(parts: readonly PartState[]): string[] {
  return parts.map(({ name }) => name);
}

/** Whether it had not been said. Where that cannot be remembered, it is not said at all rather than every time. */
function markSaid(): boolean {
  return guarded(() => {
    const first = localStorage.getItem(SAID_KEY) === null;
    localStorage.setItem(SAID_KEY, "true");
    return first;
  }) ?? false;
}
