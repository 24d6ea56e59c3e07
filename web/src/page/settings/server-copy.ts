/** The copy of the settings under the owner's account: written only over what this page has seen there, and looked at before it is taken. */
import { fill, h } from "../../dom.ts";
import { explain, isAbort } from "../../element/errors.ts";
import { settingsDocument } from "../../element/extras/kept-settings.ts";
import { STORAGE_KEY } from "../../element/host.ts";
import { HttpError } from "../../http.ts";
import { guarded } from "../../storage.ts";
import type { App } from "../app.ts";

/** Of what was seen there last, on this device. */
const SEEN = "py-export.settings-seen";

export class ServerCopy {
  readonly root: HTMLElement;
  readonly #app: App;
  readonly #signal: AbortSignal;
  readonly #place: HTMLElement;
  readonly #look: (text: string) => void;

  /** @param place Where it is said what came of it. @param look Shows what a document would change. */
  constructor(app: App, signal: AbortSignal, place: HTMLElement, look: (text: string) => void) {
    const { t } = app.words;
    this.#app = app;
    this.#signal = signal;
    this.#place = place;
    this.#look = look;
    this.root = h(
      "section",
      { class: "settings-part", "aria-labelledby": "settings-server" },
      h("h3", { id: "settings-server" }, t("ui.settings_server")),
      h("p", { class: "hint" }, t("ui.settings_server_lead")),
      h(
        "div",
        { class: "settings-buttons" },
        h("button", { type: "button", class: "button", onclick: () => void this.#try(async () => this.#keep(seen())) }, t("ui.settings_keep")),
        h("button", { type: "button", class: "button", onclick: () => void this.#try(async () => this.#take()) }, t("ui.settings_take")),
      ),
    );
  }

  /** Keep what is set here over what was seen there; `null` where nothing was. */
  async #keep(tag: string | null): Promise<void> {
    const { t } = this.#app.words;
    try {
      remember(await this.#app.api.keepSettings(settingsDocument(STORAGE_KEY, Date.now()), tag, this.#app.words.locale, this.#signal));
      this.#say(t("ui.settings_kept"));
    } catch (error) {
      if (!(error instanceof HttpError && error.status === 412)) throw error;
      await this.#conflict();
    }
  }

  /** Something else stands there than was seen: the person says what is to become of it. */
  async #conflict(): Promise<void> {
    const { t, locale } = this.#app.words;
    const there = await this.#app.api.settings(locale, this.#signal);
    if (there === null) {
      await this.#keep(null);
      return;
    }
    const look = h("button", { type: "button", class: "button", onclick: () => {
      remember(there.tag);
      this.#look(there.text);
    } }, t("ui.settings_look"));
    const replace = h("button", { type: "button", class: "button", onclick: () => void this.#try(async () => this.#keep(there.tag)) }, t("ui.settings_replace"));
    fill(this.#place, h("p", { role: "alert" }, t("ui.settings_conflict")), h("div", { class: "settings-buttons" }, look, replace));
    look.focus();
  }

  async #take(): Promise<void> {
    const { t, locale } = this.#app.words;
    const there = await this.#app.api.settings(locale, this.#signal);
    remember(there?.tag ?? null);
    if (there === null) this.#say(t("ui.settings_none_kept"));
    else this.#look(there.text);
  }

  async #try(work: () => Promise<void>): Promise<void> {
    this.#say(this.#app.words.t("ui.loading"));
    try {
      await work();
    } catch (error) {
      if (isAbort(error)) return;
      const { message } = explain(error, this.#app.words);
      const detail = error instanceof HttpError ? error.problem["detail"] : undefined;
      fill(this.#place, h("p", { class: "wrong", role: "alert" }, typeof detail === "string" ? detail : message));
    }
  }

  #say(sentence: string): void {
    fill(this.#place, h("p", { role: "status" }, sentence));
    this.#place.scrollIntoView({ block: "nearest" });
  }
}

function seen(): string | null {
  return guarded(() => localStorage.getItem(SEEN));
}

function remember(tag: string | null): void {
  guarded(() => {
    if (tag === null) localStorage.removeItem(SEEN);
    else localStorage.setItem(SEEN, tag);
  });
}
