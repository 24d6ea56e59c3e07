/** The function's list of sessions: search, paging, importing, the export menu of every row, and of all that are ticked. */
import { fill, h, icon } from "../dom.ts";
import type { SessionPage } from "./api.ts";
import type { App, View } from "./app.ts";
import { exportMenu } from "./export-menu.ts";
import { failurePanel } from "./failure.ts";
import { ICONS } from "./icons.ts";
import { importFiles } from "./import.ts";
import { ariaOf, isMac } from "./keys.ts";
import { commandIn, type ListCommand } from "./list-command.ts";
import { chooseFiles } from "./local/intake.ts";
import type { SessionRow } from "./model.ts";
import { noticePanel } from "./notice-panel.ts";
import { listAddress } from "./route.ts";
import { sessionRow, storedRow } from "./session-row.ts";
import { Ticks } from "./ticks.ts";

const TYPING_MS = 200;

/** What was shown last, so that coming back from a session finds the list as it was left. */
let last: { query: string; rows: SessionRow[]; cursor: string | null; scroll: number } | null = null;

export function showList(app: App, query: string): View {
  const view = new ListView(app, query);
  return {
    root: view.root,
    title: app.words.t("ui.sessions"),
    arrive: view.arrive,
    menu: () => document.activeElement?.closest(".session")?.querySelector("session-export-menu") ?? "row",
    focusLine: view.focusLine,
    leave: view.leave,
  };
}

class ListView {
  readonly root: HTMLElement;
  readonly #app: App;
  readonly #heading: HTMLHeadingElement;
  readonly #input: HTMLInputElement;
  readonly #said = h("p", { id: "search-said", role: "status", class: "search-said" });
  readonly #list = h("ul", { class: "sessions" });
  readonly #state = h("div", { class: "state" });
  readonly #more = h("div", { class: "more" });
  readonly #count = h("p", { role: "status", class: "unseen" });
  readonly #ticks: Ticks<string>;
  readonly #usage: HTMLElement;
  #query: string;
  #rows: SessionRow[] = [];
  /** The query that the rows answer. */
  #answered: string | null = null;
  #cursor: string | null = null;
  #loading = new AbortController();
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(app: App, query: string) {
    const { t } = app.words;
    this.#app = app;
    this.#query = query;
    this.#heading = h("h1", { tabindex: -1 }, t("ui.sessions"));
    this.#input = this.#makeInput();
    const menu = exportMenu(app, "", null);
    this.#ticks = new Ticks(app, menu, (ids) => { menu.sessionIds = ids; });
    this.#usage = usageButton(app);
    this.root = h(
      "div",
      { class: "page" },
      h(
        "div",
        { class: "top" },
        this.#heading,
        h("button", { type: "button", class: "button import", "aria-keyshortcuts": ariaOf("open", isMac()), onclick: () => { chooseFiles(this.#app); } }, icon(ICONS.open), t("ui.open_files")),
        h("button", { type: "button", class: "button import", onclick: this.#import }, icon(ICONS.import), t("ui.import")),
        h("div", { class: "finding" }, h("div", { role: "search", class: "search" }, icon(ICONS.search), this.#input), this.#usage),
      ),
      this.#said,
      this.#count,
      this.#list,
      this.#state,
      this.#more,
      this.#ticks.bar,
    );
    if (last?.query === query) this.#restore(last.rows, last.cursor);
    void this.#load(null);
  }

  readonly arrive = (): void => {
    scrollTo(0, last?.query === this.#query ? last.scroll : 0);
    this.#heading.focus({ preventScroll: true });
  };

  readonly leave = (): void => {
    clearTimeout(this.#typing);
    this.#loading.abort();
    last = this.#answered === null ? null : { query: this.#answered, rows: this.#rows, cursor: this.#cursor, scroll: scrollY };
  };

  readonly focusLine = (): void => {
    this.#input.focus();
    this.#input.select();
  };

  readonly #import = (): void => {
    importFiles(this.#app);
  };

  #makeInput(): HTMLInputElement {
    const { t } = this.#app.words;
    const input = h("input", {
      type: "search",
      class: "search-input",
      "data-command-line": true,
      "aria-label": t("ui.search"),
      "aria-describedby": "search-said",
      "aria-keyshortcuts": ariaOf("line", isMac()),
      placeholder: t("ui.search"),
      value: this.#query,
      oninput: () => {
        clearTimeout(this.#typing);
        const command = commandIn(input.value);
        this.#say(command);
        if (command === null) this.#typing = setTimeout(() => { this.#find(input.value.trim()); }, TYPING_MS);
      },
      onkeydown: (event) => {
        if ((event as KeyboardEvent).key !== "Enter" || (event as KeyboardEvent).isComposing) return;
        if (commandIn(input.value)?.name !== "import") return;
        input.value = this.#query;
        this.#say(null);
        this.#import();
      },
    });
    return input;
  }

  /** Say what a command that is typed into the search would do here. */
  #say(command: ListCommand | null): void {
    this.#said.textContent = command === null ? "" : this.#app.words.t(`ui.list_${command.name}`);
  }

  #find(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    // Replaced, not pushed: Back leaves the list rather than undoing letters.
    history.replaceState(history.state, "", listAddress(query));
    void this.#load(null);
  }

  #restore(rows: SessionRow[], cursor: string | null): void {
    this.#show({ sessions: rows, nextCursor: cursor }, false);
  }

  async #load(cursor: string | null): Promise<void> {
    this.#loading.abort();
    this.#loading = new AbortController();
    const { signal } = this.#loading;
    this.root.setAttribute("aria-busy", "true");
    if (this.#rows.length === 0) fill(this.#state, skeleton(this.#app.words.t("ui.loading")));
    try {
      const page = await this.#app.api.sessions(this.#query, cursor, signal);
      // What is on screen already stays: drawing it anew would move the focus and close an open menu.
      if (cursor === null && this.#answered === this.#query && isShown(page, this.#rows)) fill(this.#state);
      else this.#show(page, cursor !== null);
    } catch (error) {
      if (signal.aborted) return;
      if (cursor === null) this.#show({ sessions: [], nextCursor: null }, false);
      fill(this.#state, failurePanel(this.#app, error, () => void this.#load(cursor)));
    } finally {
      if (!signal.aborted) this.root.removeAttribute("aria-busy");
    }
  }

  #show(page: SessionPage, append: boolean): void {
    const { t } = this.#app.words;
    const before = append ? this.#rows.length : 0;
    this.#answered = this.#query;
    this.#rows = append ? [...this.#rows, ...page.sessions] : page.sessions;
    this.#cursor = page.nextCursor;
    const added = page.sessions.map((row, index) => sessionRow(this.#app, storedRow(this.#app, row), before + index, this.#ticks.box(row.id)));
    if (append) this.#list.append(...added);
    else fill(this.#list, ...added);
    this.#list.hidden = this.#rows.length === 0;
    // Without a session there is no usage; that a search finds none says nothing of it.
    if (this.#rows.length > 0 || this.#query === "") this.#usage.hidden = this.#rows.length === 0;
    this.#count.textContent = t("ui.sessions_shown", { count: this.#rows.length });
    fill(this.#state, this.#rows.length === 0 && this.#nothing());
    const more = (): void => void this.#load(this.#cursor);
    fill(this.#more, this.#cursor !== null && h("button", { type: "button", class: "button", onclick: more }, t("ui.show_more")));
    // The button that was pressed has moved down: what it brought comes next.
    if (append) added[0]?.querySelector("a")?.focus();
  }

  #nothing(): HTMLElement {
    const { t } = this.#app.words;
    return this.#query === ""
      ? noticePanel(t("ui.no_sessions"), t("ui.no_sessions_lead"), { label: t("ui.import"), act: this.#import })
      : noticePanel(t("ui.nothing_found"), t("ui.nothing_found_lead", { query: this.#query }), null);
  }
}

/** Exports what all sessions took, those that are not listed too. */
function usageButton(app: App): HTMLElement {
  const menu = exportMenu(app, "", null);
  menu.usage = true;
  menu.classList.add("bare");
  const name = app.words.t("ui.export_usage");
  const button = h("button", { type: "button", class: "button import", title: name, "aria-label": name, onclick: () => { menu.open(); } }, icon(ICONS.usage), app.words.t("ui.usage"));
  // The engine starts while the hand is on its way.
  button.addEventListener("pointerenter", () => { menu.prepare(); });
  return h("div", { class: "usage", hidden: true }, button, menu);
}

/** Whether the rows begin with these, and end with them where nothing comes after. */
function isShown({ sessions, nextCursor }: SessionPage, rows: readonly SessionRow[]): boolean {
  if (sessions.length === 0 || (nextCursor === null && sessions.length !== rows.length)) return false;
  return JSON.stringify(sessions) === JSON.stringify(rows.slice(0, sessions.length));
}

function skeleton(label: string): HTMLElement {
  return h("div", { class: "skeleton", role: "status" }, h("span", { class: "unseen" }, label), ...Array.from({ length: 5 }, () => h("i", {})));
}
