/** One session: its header with the export menu and the command line, and its messages, all or those a filter lets through. */
import { fill, h, icon } from "../dom.ts";
import type { SessionExportMenu } from "../element/session-export-menu.ts";
import { adopt } from "../element/styles.ts";
import { formatNumber } from "../format.ts";
import type { App, View } from "./app.ts";
import { SessionLine } from "./command/session-line.ts";
import { exportMenu } from "./export-menu.ts";
import { factsOf } from "./facts.ts";
import { failurePanel } from "./failure.ts";
import { ICONS } from "./icons.ts";
import { importFiles } from "./import.ts";
import { ariaOf, isMac } from "./keys.ts";
import { countOf, type SessionHeader } from "./model.ts";
import { noticePanel } from "./notice-panel.ts";
import { SESSION_STYLE } from "./session-styles.ts";
import { shownName } from "./shown-name.ts";
import { Transcript, type GetMessages } from "./transcript.ts";

/** What was shown last: a change of language, or coming back, finds the session as it was left. */
let last = { key: "", filter: "" };

/** Where a session comes from: the function's store, or a file on this device. */
export interface Origin {
  /** Tells it from every other. */
  key: string;
  /** The list that it stands in. */
  list: { address: string; label: string };
  menu: SessionExportMenu;
  load: (signal: AbortSignal) => Promise<SessionHeader>;
  messages: GetMessages;
  /** What `/import` does there. */
  import: () => void;
}

/** A session of the function's store. */
export function showSession(app: App, id: string): View {
  return showSessionOf(app, {
    key: `stored ${id}`,
    list: { address: "#/", label: app.words.t("ui.to_list") },
    menu: exportMenu(app, id, null),
    load: async (signal) => app.api.session(id, signal),
    messages: async (from, to, signal) => app.api.messages(id, from, to, signal),
    import: () => { importFiles(app); },
  });
}

export function showSessionOf(app: App, origin: Origin): View {
  adopt(document.documentElement, SESSION_STYLE);
  const view = new SessionView(app, origin);
  return {
    root: view.root,
    title: app.words.t("ui.session"),
    arrive: view.arrive,
    menu: () => (view.menu.hidden ? null : view.menu),
    focusLine: view.focusLine,
    leave: view.leave,
  };
}

class SessionView {
  readonly root: HTMLElement;
  readonly menu: SessionExportMenu;
  readonly #app: App;
  readonly #origin: Origin;
  readonly #heading: HTMLHeadingElement;
  readonly #header: HTMLElement;
  readonly #facts = h("dl", { class: "session-facts" });
  readonly #shown = h("div", { class: "shown" });
  readonly #body = h("div", { class: "transcript-place" });
  readonly #line: SessionLine;
  readonly #toggle: HTMLButtonElement;
  readonly #leaving = new AbortController();
  /** How high what sticks at the top is: what is scrolled to must not end up below it. */
  readonly #sizes = new ResizeObserver(() => {
    document.documentElement.style.setProperty("--stuck", `${this.#header.offsetHeight}px`);
  });
  #count = 0;
  #transcript: Transcript | null = null;

  constructor(app: App, origin: Origin) {
    const { t } = app.words;
    const mac = isMac();
    this.#app = app;
    this.#origin = origin;
    this.menu = origin.menu;
    this.menu.setAttribute("keyshortcuts", `${ariaOf("export", mac)} ${ariaOf("copy", mac)}`);
    this.#heading = h("h1", { tabindex: -1, dir: "auto" }, t("ui.loading"));
    this.#line = this.#makeLine();
    this.#line.root.id = "command-line";
    this.#line.root.hidden = true;
    // Whoever goes to the line means to filter or to export: the engine starts meanwhile.
    this.#line.root.addEventListener("focusin", () => { this.menu.prepare(); });
    // On a narrow screen the line is behind this button.
    this.#toggle = h(
      "button",
      { type: "button", class: "round line-toggle", "aria-label": t("ui.command_line"), title: t("ui.command_line"), "aria-expanded": "false", "aria-controls": "command-line", hidden: true, onclick: () => {
        if (this.#header.hasAttribute("data-line")) this.#openLine(false);
        else this.focusLine();
      } },
      icon(ICONS.shell),
    );
    this.#header = h(
      "header",
      { class: "session-header" },
      h("a", { href: origin.list.address, class: "back", "aria-label": origin.list.label, title: origin.list.label }, icon(ICONS.back)),
      h("div", { class: "session-heading" }, this.#heading),
      this.#toggle,
      this.menu,
      this.#line.root,
    );
    this.#sizes.observe(this.#header);
    this.root = h("div", { class: "page session-page" }, this.#header, this.#facts, this.#shown, this.#body);
    void this.#load();
  }

  readonly arrive = (): void => {
    scrollTo(0, 0);
    this.#heading.focus({ preventScroll: true });
  };

  readonly focusLine = (): void => {
    if (this.#line.root.hidden) return;
    this.#openLine(true);
    this.#line.focus();
  };

  readonly leave = (): void => {
    this.#leaving.abort();
    this.#sizes.disconnect();
    this.#line.leave();
    this.#transcript?.leave();
  };

  #makeLine(): SessionLine {
    const { menu } = this;
    return new SessionLine({
      words: this.#app.words,
      count: () => this.#count,
      select: async (selection, signal) => menu.selectMessages(selection, { signal }),
      export: async (wanted) => menu.exportNow(wanted),
      import: this.#origin.import,
      show: (filter, numbers) => {
        menu.selection = numbers === null ? null : { filter };
        last = { key: this.#origin.key, filter };
        this.#show(numbers);
      },
    });
  }

  #openLine(open: boolean): void {
    this.#header.toggleAttribute("data-line", open);
    this.#toggle.setAttribute("aria-expanded", String(open));
  }

  async #load(): Promise<void> {
    const { t } = this.#app.words;
    fill(this.#body, h("p", { role: "status", class: "unseen" }, t("ui.loading")));
    try {
      const session = await this.#origin.load(this.#leaving.signal);
      this.menu.hidden = false;
      const title = shownName(session.title ?? t("ui.untitled"));
      this.#heading.textContent = title;
      document.title = `${title} · py-export`;
      fill(this.#facts, ...factsOf(this.#app, session));
      this.#count = countOf(session);
      this.#line.root.hidden = this.#toggle.hidden = false;
      this.#show(null);
      if (last.key === this.#origin.key && last.filter !== "") await this.#again(last.filter);
    } catch (error) {
      if (this.#leaving.signal.aborted) return;
      this.#heading.textContent = t("ui.session");
      this.menu.hidden = this.#line.root.hidden = this.#toggle.hidden = true;
      fill(this.#body, failurePanel(this.#app, error, () => void this.#load()));
    }
  }

  /** Filter as before. Where that fails now, all is shown, and the line stays empty. */
  async #again(filter: string): Promise<void> {
    try {
      await this.#line.filter(filter);
      if (this.#line.value === "") this.#line.value = filter;
    } catch {
      if (!this.#leaving.signal.aborted) last = { key: this.#origin.key, filter: "" };
    }
  }

  /** Show these messages, or all. */
  #show(numbers: readonly number[] | null): void {
    const { t } = this.#app.words;
    this.#transcript?.leave();
    this.#transcript = null;
    fill(this.#shown, ...(numbers === null ? [] : this.#bar(numbers.length)));
    if (this.#count === 0) {
      fill(this.#body, noticePanel(t("ui.no_messages"), t("ui.no_messages_lead"), null));
    } else if (numbers?.length === 0) {
      fill(this.#body, noticePanel(t("ui.nothing_passes"), t("ui.nothing_passes_lead"), { label: t("ui.show_all"), act: this.#showAll }));
    } else {
      this.#transcript = new Transcript(this.#app, this.#origin.messages, numbers ?? Array.from({ length: this.#count }, (_, index) => index + 1), this.#count);
      fill(this.#body, this.#transcript.root);
      this.#transcript.start();
    }
    // What is shown now begins at the top; someone who has scrolled past it would see only an end.
    if (this.#header.getBoundingClientRect().bottom > this.#shown.getBoundingClientRect().top) this.#shown.scrollIntoView({ block: "start" });
  }

  /** How much is shown; where it is nothing, the panel in its place says so to the eye. */
  #bar(shown: number): Node[] {
    const { t, locale } = this.#app.words;
    const sentence = t("ui.messages_shown", { count: shown, of: formatNumber(this.#count, locale) });
    if (shown === 0) return [h("p", { role: "status", class: "unseen" }, sentence)];
    return [h("p", { role: "status" }, sentence), h("button", { type: "button", class: "button small", onclick: this.#showAll }, t("ui.show_all"))];
  }

  readonly #showAll = (): void => {
    this.#line.value = "";
    void this.#line.filter("");
    this.#heading.focus({ preventScroll: true });
  };
}
