/** The list of what is open on this device: sessions to read, to tick and to export, and what became of every file. */
import { fill, h, icon } from "../../dom.ts";
import { isAbort } from "../../element/errors.ts";
import type { OpenFile } from "../../engine/file.ts";
import { formatBytes } from "../../format.ts";
import type { App, View } from "../app.ts";
import { exportMenu } from "../export-menu.ts";
import { failurePanel } from "../failure.ts";
import { ICONS } from "../icons.ts";
import { ariaOf, isMac } from "../keys.ts";
import { lazily } from "../lazily.ts";
import { noticePanel } from "../notice-panel.ts";
import { localAddress } from "../route.ts";
import { sessionRow } from "../session-row.ts";
import { shownName } from "../shown-name.ts";
import { Ticks } from "../ticks.ts";
import { dialogIsOpen } from "../typing.ts";
import { filesSection } from "./files.ts";
import { matching, sourceOf } from "./found.ts";
import { chooseFiles, hasFolders } from "./intake.ts";
import { OnlySettings, type Opening } from "./opening.ts";

/** Rows drawn at once; a file of aider's can hold thousands of sessions. */
const ROWS = 100;
/** Fewer sessions than this need no box to find one. */
const FILTER_FROM = 6;

export class LocalList {
  readonly #app: App;
  readonly #opening: Opening | null;
  readonly #heading: HTMLHeadingElement;
  readonly #state = h("div", { class: "state" });
  readonly #tools = h("div", { class: "local-tools" });
  readonly #progress = h("p", { id: "reading", role: "status" });
  readonly #said = h("p", { role: "status", class: "unseen" });
  readonly #list = h("ul", { class: "sessions", hidden: true });
  readonly #more = h("div", { class: "more" });
  readonly #files = h("div", {});
  readonly #bar = h("div", { class: "tick-place" });
  readonly #root: HTMLElement;
  #ticks: Ticks<number> | null = null;
  #all: HTMLInputElement | null = null;
  #shown: number[] = [];
  #left = false;

  constructor(app: App, opening: Opening | null) {
    const { t } = app.words;
    this.#app = app;
    this.#opening = opening;
    this.#heading = h("h1", { tabindex: -1 }, t("ui.local"));
    this.#root = h(
      "div",
      { class: "page local" },
      h("div", { class: "top" }, h("a", { href: "#/", class: "back", "aria-label": t("ui.to_list"), title: t("ui.to_list") }, icon(ICONS.back)), this.#heading, ...this.#buttons()),
      h("p", { class: "local-lead" }, icon(ICONS.check), h("span", {}, t("ui.stays_here"))),
      this.#state,
      this.#tools,
      this.#said,
      this.#list,
      this.#more,
      this.#files,
      this.#bar,
    );
    void this.#read();
  }

  view(): View {
    return {
      root: this.#root,
      title: this.#app.words.t("ui.local"),
      arrive: () => {
        scrollTo(0, this.#opening?.scroll ?? 0);
        this.#heading.focus({ preventScroll: true });
      },
      menu: () => document.activeElement?.closest(".session")?.querySelector("session-export-menu") ?? "row",
      focusLine: () => { this.#root.querySelector<HTMLElement>("[type=search]")?.focus(); },
      leave: () => {
        this.#left = true;
        if (this.#opening !== null) this.#opening.scroll = scrollY;
      },
    };
  }

  #buttons(): HTMLElement[] {
    const { t } = this.#app.words;
    const button = (label: string, act: () => void, keys: string | null): HTMLElement =>
      h("button", { type: "button", class: "button import", "aria-keyshortcuts": keys, onclick: act }, icon(ICONS.open), label);
    const files = button(t("ui.open_files"), () => { chooseFiles(this.#app); }, ariaOf("open", isMac()));
    return hasFolders() ? [files, button(t("ui.open_folder"), () => { chooseFiles(this.#app, true); }, null)] : [files];
  }

  async #read(): Promise<void> {
    const opening = this.#opening;
    if (opening === null) {
      fill(this.#state, this.#nothing());
      return;
    }
    if (opening.file === null) this.#reading(opening);
    try {
      const file = await opening.read((files, bytes) => {
        const { t, locale } = this.#app.words;
        this.#progress.textContent = t("ui.reading_files", { count: files, size: formatBytes(bytes, locale) });
      });
      if (this.#left) return;
      fill(this.#state);
      this.#root.removeAttribute("aria-busy");
      this.#show(opening, file);
    } catch (error) {
      if (this.#left) return;
      this.#root.removeAttribute("aria-busy");
      const again = (): void => void this.#read();
      const { t } = this.#app.words;
      if (error instanceof OnlySettings) {
        this.#settings(error.text);
        return;
      }
      fill(this.#state, isAbort(error) ? noticePanel(t("ui.reading_stopped"), t("ui.reading_stopped_lead"), { label: t("ui.retry"), act: again }) : failurePanel(this.#app, error, again));
    }
  }

  /** What was opened are settings: what they would change is shown at once, and again when it is asked for. */
  #settings(text: string): void {
    const { t } = this.#app.words;
    const look = (): void => {
      lazily(this.#app, import("../settings/dialog.ts"), ({ SettingsDialog }) => {
        if (!dialogIsOpen()) void new SettingsDialog(this.#app).show(text);
      });
    };
    fill(this.#state, noticePanel(t("ui.settings_arrived"), t("ui.settings_arrived_lead"), { label: t("ui.settings_look"), act: look }));
    look();
  }

  #reading(opening: Opening): void {
    const { t } = this.#app.words;
    this.#root.setAttribute("aria-busy", "true");
    fill(
      this.#state,
      h("div", { class: "reading" }, this.#progress, h("progress", { "aria-labelledby": "reading" }),
        h("button", { type: "button", class: "button", onclick: () => { opening.stop(); } }, t("ui.cancel"))),
    );
  }

  #show(opening: Opening, file: OpenFile): void {
    const { t } = this.#app.words;
    const { sessions, files } = file.info;
    const menu = exportMenu(this.#app, "", null);
    this.#ticks = new Ticks<number>(this.#app, menu, (numbers) => { menu.opened = { file, sessions: numbers.toSorted((a, b) => a - b) }; }, () => { this.#sayAll(opening); });
    fill(this.#bar, this.#ticks.bar);
    fill(this.#files, filesSection(files, sessions.length, this.#app.words));
    if (sessions.length === 0) {
      fill(this.#state, noticePanel(t("ui.no_sessions_found"), t("ui.no_sessions_found_lead"), null, true));
      return;
    }
    if (sessions.length > 1) fill(this.#tools, this.#allBox(), sessions.length >= FILTER_FROM && this.#filterBox(opening, file));
    this.#ticks.set([...opening.ticked], true);
    this.#filter(opening, file);
  }

  #allBox(): HTMLElement {
    const all = h("input", { type: "checkbox", id: "tick-all", onchange: () => { this.#ticks?.set(this.#shown, all.checked); } });
    this.#all = all;
    return h("div", { class: "tick-all" }, h("label", { class: "tick" }, all), h("label", { for: "tick-all" }, this.#app.words.t("ui.tick_all")));
  }

  #filterBox(opening: Opening, file: OpenFile): HTMLElement {
    const { t } = this.#app.words;
    const input = h("input", { type: "search", class: "search-input", "aria-label": t("ui.local_filter"), placeholder: t("ui.local_filter"), value: opening.filter, oninput: () => {
      opening.filter = input.value;
      this.#filter(opening, file);
    } });
    return h("div", { role: "search", class: "search" }, icon(ICONS.search), input);
  }

  #filter(opening: Opening, file: OpenFile): void {
    const { t } = this.#app.words;
    this.#shown = matching(file.info, opening.filter);
    fill(this.#list);
    this.#list.hidden = this.#shown.length === 0;
    fill(this.#state, this.#shown.length === 0 && noticePanel(t("ui.nothing_found"), t("ui.nothing_found_lead", { query: opening.filter }), null));
    this.#said.textContent = t("ui.sessions_shown", { count: this.#shown.length });
    this.#sayAll(opening);
    this.#append(file, 0);
  }

  #append(file: OpenFile, from: number): void {
    const { t } = this.#app.words;
    const added = this.#shown.slice(from, from + ROWS).flatMap((number, index) => this.#row(file, number, from + index) ?? []);
    this.#list.append(...added);
    const next = from + ROWS;
    const more = (): void => { this.#append(file, next); };
    fill(this.#more, next < this.#shown.length && h("button", { type: "button", class: "button", onclick: more }, t("ui.show_more")));
    if (from > 0) added[0]?.querySelector("a")?.focus();
  }

  #row(file: OpenFile, number: number, place: number): HTMLElement | null {
    const session = file.info.sessions[number];
    if (session === undefined || this.#ticks === null) return null;
    const { title, app, messages, createdAt, updatedAt } = session;
    const menu = exportMenu(this.#app, "", this.#app.words.t("ui.actions_for", { title: shownName(title ?? this.#app.words.t("ui.untitled")) }));
    menu.opened = { file, sessions: [number] };
    const row = { title, source: { app }, createdAt, updatedAt, messageCount: messages };
    return sessionRow(this.#app, { row, address: localAddress(number), menu, file: sourceOf(file.info, number) }, place, this.#ticks.box(number));
  }

  #sayAll(opening: Opening): void {
    const ticks = this.#ticks;
    if (ticks === null) return;
    opening.ticked.clear();
    for (const [number] of this.#opening?.file?.info.sessions.entries() ?? []) if (ticks.has(number)) opening.ticked.add(number);
    if (this.#all === null) return;
    const ticked = this.#shown.filter((number) => ticks.has(number)).length;
    this.#all.checked = ticked > 0 && ticked === this.#shown.length;
    this.#all.indeterminate = ticked > 0 && ticked < this.#shown.length;
  }

  #nothing(): HTMLElement {
    const { t } = this.#app.words;
    return noticePanel(t("ui.nothing_open"), t("ui.nothing_open_lead"), { label: t("ui.open_files"), act: () => { chooseFiles(this.#app); } });
  }
}
