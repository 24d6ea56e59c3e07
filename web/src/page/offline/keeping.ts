/** What is kept on the device for working offline: the parts' state, kept when the engine has been used, or when a person asks. */
import { engineStarted } from "../../element/engines.ts";
import { isReady, type PartState, type State } from "../../service-worker/files.ts";
import { guarded } from "../../storage.ts";
import type { App } from "../app.ts";
import { idle } from "../busy.ts";
import { say } from "../hint.ts";
import { activeWorker, keep, KeepError, stateOf } from "./service-worker.ts";

/** Set once it was said that all is ready. */
const SAID_KEY = "py-export.offline-said";
/** Whoever starts the engine is about to use it: that comes first. */
const SETTLE_MS = 2000;

export class Keeping {
  readonly #app: App;
  readonly #registration: ServiceWorkerRegistration;
  /** One after the other: two at once would fetch the same. */
  #turn: Promise<unknown> = Promise.resolve();
  #saidFull = false;

  constructor(app: App, registration: ServiceWorkerRegistration) {
    this.#app = app;
    this.#registration = registration;
    // The engine's start has just fetched nearly all of it: the rest is little.
    addEventListener("export-done", () => { void this.#keepQuietly(); });
    void engineStarted.then(settled).then(async () => this.#keepQuietly());
  }

  async state(): Promise<State> {
    return stateOf(await activeWorker(this.#registration));
  }

  /** Keep these parts, because a person asks for it. Rejects with KeepError. */
  async keep(parts: readonly PartState[], onProgress: (done: number, total: number) => void): Promise<State> {
    const work = this.#turn.then(async () => {
      const worker = await activeWorker(this.#registration);
      askToStay();
      return keep(worker, names(parts), onProgress);
    });
    this.#turn = work.catch(() => undefined);
    const state = await work;
    markSaid();
    return state;
  }

  /** Nobody asked, so nobody is told of a network that is gone; that there is no room is worth one sentence. */
  async #keepQuietly(): Promise<void> {
    const work = this.#turn.then(async () => {
      const worker = await activeWorker(this.#registration);
      const needed = (await stateOf(worker)).parts.filter((part) => part.needed);
      if (!isReady(needed)) await keep(worker, names(needed));
      if (markSaid()) say(this.#app.words.t("ui.offline_ready"));
    });
    this.#turn = work.catch((error: unknown) => {
      if (!(error instanceof KeepError) || error.reason !== "full" || this.#saidFull) return;
      this.#saidFull = true;
      say(this.#app.words.t("ui.offline_not_kept"));
    });
    await this.#turn;
  }
}

async function settled(): Promise<void> {
  await new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); });
  await idle();
}

/** Asked for: the browser should not clear it away when room becomes scarce. Firefox asks the person, who need not answer: nothing waits. */
function askToStay(): void {
  const storage = navigator.storage as StorageManager | undefined;
  void storage?.persist().catch(() => false);
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
