/** What is known of a session, as names and values. */
import { h } from "../dom.ts";
import { formatDollars, formatDuration, formatNumber, formatTime, isoTime } from "../format.ts";
import type { App } from "./app.ts";
import { countOf, type SessionHeader } from "./model.ts";
import { sourceName } from "./source-name.ts";

export function factsOf(app: App, session: SessionHeader): HTMLElement[] {
  const { t, locale } = app.words;
  const number = (value: number): string => formatNumber(value, locale);
  const time = (value: number): Node => h("time", { datetime: isoTime(value) }, formatTime(value, locale));
  const { usage } = session;
  const facts: (readonly [string, string | Node | null])[] = [
    [t("ui.fact_source"), sourceName(session.source?.app, "") || null],
    [t("ui.fact_model"), session.model ?? null],
    [t("ui.fact_messages"), number(countOf(session))],
    [t("ui.fact_tool_calls"), known(session.counts?.toolCalls, number)],
    [t("ui.fact_created"), known(session.createdAt, time)],
    [t("ui.fact_duration"), known(session.durationMs, (ms) => formatDuration(ms, locale))],
    [t("ui.fact_tokens"), known(tokensOf(usage), number)],
    [t("ui.fact_cost"), known(usage?.costUsd, (usd) => formatDollars(usd, locale))],
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
