/** One session: its header with the export menu, and its messages. */
import { fill, h, icon } from "../dom.ts";
import { formatDuration, formatNumber, formatTime, isoTime } from "../format.ts";
import type { App, View } from "./app.ts";
import { exportMenu } from "./export-menu.ts";
import { failurePanel } from "./failure.ts";
import { ICONS } from "./icons.ts";
import type { SessionHeader } from "./model.ts";
import { noticePanel } from "./notice-panel.ts";
import { sourceName } from "./source-name.ts";
import { Transcript } from "./transcript.ts";

export function showSession(app: App, id: string): View {
  const { t } = app.words;
  const heading = h("h1", { tabindex: -1, dir: "auto" }, t("ui.loading"));
  const facts = h("dl", { class: "session-facts" });
  const body = h("div", { class: "transcript-place" });
  const menu = exportMenu(app, id, null);
  const leaving = new AbortController();
  let transcript: Transcript | null = null;

  const load = async (): Promise<void> => {
    fill(body, h("p", { role: "status", class: "unseen" }, t("ui.loading")));
    try {
      const session = await app.api.session(id, leaving.signal);
      menu.hidden = false;
      const title = session.title ?? t("ui.untitled");
      heading.textContent = title;
      document.title = `${title} · py-export`;
      fill(facts, ...factsOf(app, session));
      const count = session.viewCount ?? session.messageCount;
      if (count === 0) {
        fill(body, noticePanel(t("ui.no_messages"), t("ui.no_messages_lead"), null));
        return;
      }
      transcript = new Transcript(app, id, count);
      fill(body, transcript.root);
      transcript.start();
    } catch (error) {
      if (leaving.signal.aborted) return;
      heading.textContent = t("ui.session");
      menu.hidden = true;
      fill(body, failurePanel(app, error, () => void load()));
    }
  };

  const root = h(
    "div",
    { class: "page session-page" },
    h(
      "header",
      { class: "session-header" },
      h("a", { href: "#/", class: "back", "aria-label": t("ui.to_list"), title: t("ui.to_list") }, icon(ICONS.back)),
      h("div", { class: "session-heading" }, heading),
      menu,
    ),
    facts,
    body,
  );
  void load();
  return {
    root,
    title: t("ui.session"),
    arrive: () => {
      scrollTo(0, 0);
      heading.focus({ preventScroll: true });
    },
    leave: () => {
      leaving.abort();
      transcript?.leave();
    },
  };
}

function factsOf(app: App, session: SessionHeader): HTMLElement[] {
  const { t, locale } = app.words;
  const number = (value: number): string => formatNumber(value, locale);
  const time = (value: number): Node => h("time", { datetime: isoTime(value) }, formatTime(value, locale));
  const { usage } = session;
  const facts: (readonly [string, string | Node | null])[] = [
    [t("ui.fact_source"), sourceName(session.source?.app, "") || null],
    [t("ui.fact_model"), session.model ?? null],
    [t("ui.fact_messages"), number(session.messageCount)],
    [t("ui.fact_tool_calls"), known(session.counts?.toolCalls, number)],
    [t("ui.fact_created"), known(session.createdAt, time)],
    [t("ui.fact_duration"), known(session.durationMs, (ms) => formatDuration(ms, locale))],
    [t("ui.fact_tokens"), known(tokensOf(usage), number)],
    [t("ui.fact_cost"), known(usage?.costUsd, (usd) => new Intl.NumberFormat(locale, { style: "currency", currency: "USD" }).format(usd))],
    [t("ui.fact_workspace"), session.workspace ?? null],
  ];
  return facts
    .filter(([, value]) => value !== null)
    .map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)));
}

function known<T>(value: number | null | undefined, show: (value: number) => T): T | null {
  return value === null || value === undefined ? null : show(value);
}

function tokensOf(usage: SessionHeader["usage"]): number | null {
  const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = usage ?? {};
  const all = [inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens].filter((one) => typeof one === "number");
  return all.length === 0 ? null : all.reduce((sum, one) => sum + one, 0);
}
