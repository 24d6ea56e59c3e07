/** "Settings": how the page looks and speaks, what holds for every export, a file of it all, and the copy on the server. */
import "./settings.css";

import { fill, h } from "../../dom.ts";
import { explain, isAbort } from "../../element/errors.ts";
import { settingsDocument } from "../../element/extras/kept-settings.ts";
import { STORAGE_KEY } from "../../element/host.ts";
import { readDefaults, writeDefaults } from "../../element/preference.ts";
import { MOST_BYTES, RestoreView } from "../../element/extras/restore.ts";
import { download } from "../../element/save.ts";
import { LOCALES, type Locale } from "../../element/words.ts";
import { zoneChoices } from "../../element/zones.ts";
import type { SettingsDocument } from "../../engine/protocol.ts";
import type { App } from "../app.ts";
import { LANGUAGES } from "../banner.ts";
import { pageEngine, prepareEngine } from "../engine.ts";
import { currentTheme, setLanguage, setSingleKeys, settingsRestored, setTheme, singleKeys, THEMES } from "../settings.ts";
import { openSheet, type Sheet } from "../sheet.ts";
import { ServerCopy } from "./server-copy.ts";

/** The places of a pattern for file names, as `py_export/filename_pattern.py` has them. */
const PLACES = ["title", "id", "date", "time", "created", "app", "model", "format", "part"];

export class SettingsDialog {
  readonly #app: App;
  readonly #sheet: Sheet;
  readonly #leaving = new AbortController();
  readonly #form = h("div", { class: "settings-form" });
  readonly #found = h("div", { class: "settings-found" });
  readonly #server: ServerCopy;

  constructor(app: App) {
    const { t } = app.words;
    this.#app = app;
    prepareEngine();
    this.#server = new ServerCopy(app, this.#leaving.signal, this.#found, (text) => { void this.show(text); });
    this.#draw();
    const close = h("button", { type: "button", class: "button", onclick: () => { this.#sheet.close(); } }, t("ui.done"));
    this.#sheet = openSheet(app.words, t("ui.settings"), [this.#form, this.#backup(), this.#server.root, this.#found], [close], () => { this.#leaving.abort(); });
  }

  /** Show what a settings document would change. */
  async show(text: string): Promise<void> {
    const { words } = this.#app;
    fill(this.#found, h("p", { role: "status" }, words.t("ui.settings_reading")));
    try {
      this.#offer(await pageEngine().settings(text, this.#leaving.signal));
    } catch (error) {
      if (!isAbort(error)) fill(this.#found, h("p", { class: "wrong", role: "alert" }, explain(error, words).message));
    }
    this.#found.scrollIntoView({ block: "nearest" });
  }

  #offer(document: SettingsDocument): void {
    const view = new RestoreView(this.#app.words, STORAGE_KEY, document, () => void this.#follow(view));
    fill(this.#found, view.root);
  }

  /** The page follows by itself; what stands in this form does not, and in another language nothing of it does. */
  async #follow(view: RestoreView): Promise<void> {
    if (!(await settingsRestored())) {
      this.#draw();
      return;
    }
    this.#sheet.close();
    new SettingsDialog(this.#app).#goOn(view);
  }

  #goOn(view: RestoreView): void {
    fill(this.#found, view.root);
    view.speak(this.#app.words, () => void this.#follow(view));
  }

  #draw(): void {
    const { t, locale } = this.#app.words;
    const { timezone = "UTC" } = readDefaults(STORAGE_KEY);
    const keys = h("input", { type: "checkbox", id: "settings-keys", checked: singleKeys(), onchange: () => { setSingleKeys(keys.checked); } });
    fill(
      this.#form,
      field("settings-theme", t("ui.theme"), select("settings-theme", THEMES.map((one) => [one, t(`ui.theme_${one}`)] as const), currentTheme(), (value) => {
        setTheme(THEMES.find((one) => one === value) ?? "auto");
      })),
      field("settings-language", t("ui.language"), select("settings-language", LOCALES.map((one) => [one, LANGUAGES[one]] as const), locale, (value) => { void this.#speak(value as Locale); })),
      field("settings-zone", t("ui.settings_zone"), select("settings-zone", zoneChoices(t("ui.zone_here"), timezone), timezone, (zone) => {
        const { filename } = readDefaults(STORAGE_KEY);
        writeDefaults(STORAGE_KEY, { ...(filename !== undefined && { filename }), ...(zone !== "UTC" && { timezone: zone }) });
      })),
      this.#filename(),
      h("p", { class: "switch" }, keys, h("label", { for: "settings-keys" }, t("ui.single_keys"))),
    );
  }

  /** The words are new: so is the dialog. */
  async #speak(language: Locale): Promise<void> {
    await setLanguage(language);
    this.#sheet.close();
    this.#app.show();
    new SettingsDialog(this.#app);
    document.querySelector<HTMLElement>("#settings-language")?.focus();
  }

  #filename(): HTMLElement {
    const { t } = this.#app.words;
    const wrong = h("p", { id: "settings-filename-wrong", class: "wrong", role: "alert" });
    const input = h("input", {
      type: "text",
      id: "settings-filename",
      value: readDefaults(STORAGE_KEY).filename,
      placeholder: "{title}-{id}-{date}",
      maxlength: 200,
      dir: "ltr",
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      "aria-describedby": "settings-filename-about settings-filename-wrong",
      oninput: () => {
        const pattern = input.value.trim();
        const fits = pattern === "" || isPattern(pattern);
        input.setAttribute("aria-invalid", String(!fits));
        wrong.textContent = fits ? "" : t("ui.settings_filename_wrong");
        const { timezone: zone } = readDefaults(STORAGE_KEY);
        if (fits) writeDefaults(STORAGE_KEY, { ...(zone !== undefined && { timezone: zone }), ...(pattern !== "" && { filename: pattern }) });
      },
    });
    const places = PLACES.map((place) => `{${place}}`).join(" ");
    return h("div", { class: "settings-field wide" }, h("label", { for: "settings-filename" }, t("ui.settings_filename")), input, wrong, h("p", { id: "settings-filename-about", class: "hint" }, t("ui.settings_filename_about", { places })));
  }

  #backup(): HTMLElement {
    const { t } = this.#app.words;
    const picker = h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": t("ui.settings_restore"), onchange: () => {
      const [chosen] = picker.files ?? [];
      picker.value = "";
      void chosen?.slice(0, MOST_BYTES + 1).text().then(async (text) => this.show(text));
    } });
    return h(
      "section",
      { class: "settings-part", "aria-labelledby": "settings-backup" },
      h("h3", { id: "settings-backup" }, t("ui.settings_backup")),
      h("p", { class: "hint" }, t("ui.settings_lead")),
      h(
        "div",
        { class: "settings-buttons" },
        h("button", { type: "button", class: "button", onclick: () => void this.#save() }, t("ui.settings_export")),
        h("button", { type: "button", class: "button", onclick: () => { picker.click(); } }, t("ui.settings_restore")),
        picker,
      ),
    );
  }

  async #save(): Promise<void> {
    const { words } = this.#app;
    fill(this.#found, h("p", { role: "status" }, words.t("ui.exporting")));
    try {
      const { text, filename } = await pageEngine().settings(settingsDocument(STORAGE_KEY, Date.now()), this.#leaving.signal);
      await download([new File([text], filename, { type: "application/json" })]);
      fill(this.#found, h("p", { role: "status" }, words.t("ui.settings_saved", { filename })));
    } catch (error) {
      if (!isAbort(error)) fill(this.#found, h("p", { class: "wrong", role: "alert" }, explain(error, words).message));
    }
  }
}

function isPattern(pattern: string): boolean {
  const names = Array.from(pattern.matchAll(/\{([^{}]*)\}/g), ([, name = ""]) => name);
  return names.length > 0 && names.every((name) => PLACES.includes(name)) && !/[{}]/.test(pattern.replaceAll(/\{[^{}]*\}/g, ""));
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return h("div", { class: "settings-field" }, h("label", { for: id }, label), control);
}

function select(id: string, options: readonly (readonly [string, string])[], chosen: string, onChoose: (value: string) => void): HTMLElement {
  const control = h("select", { id, onchange: () => { onChoose(control.value); } }, ...options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)));
  return control;
}
