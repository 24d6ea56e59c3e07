/** What came of an export, for the dialog that stays open to tell it. */
import { h, icon } from "../dom.ts";
import { EngineError, type Notice } from "../engine/protocol.ts";
import { formatBytes } from "../format.ts";
import type { State } from "./dialog.ts";
import { explain } from "./errors.ts";
import { ICONS } from "./icons.ts";
import type { Words } from "./words.ts";

export function outcomeOf(state: State, words: Words): (Node | false)[] {
  const { t } = words;
  if (state.step === "ready") return [headline(readySentence(state.names, words)), lead(t("ui.ready_lead")), state.asText && lead(t("ui.shared_as_text"))];
  if (state.step !== "done") return [];
  const lines = state.notices.map((notice) => h("li", {}, sentenceOf(notice, words)));
  const failed = state.failed.map(({ title, failure }) => {
    const reason = explain(new EngineError(failure), words).message;
    return h("li", {}, t("ui.not_written", { title: title ?? t("ui.untitled"), reason }));
  });
  return [
    headline(savedSentence(state.names, state.bytes, words)),
    state.refused && lead(t("ui.share_refused")),
    failed.length > 0 && h("h3", { class: "subtitle" }, t("ui.not_in_file")),
    failed.length > 0 && h("ul", { class: "notices" }, ...failed),
    lines.length > 0 && h("h3", { class: "subtitle" }, t("ui.notices")),
    lines.length > 0 && h("ul", { class: "notices" }, ...lines),
  ];
}

/** What was saved, with its true size. */
export function savedSentence(names: readonly string[], bytes: number, { t, locale }: Words): string {
  const [filename = ""] = names;
  const size = formatBytes(bytes, locale);
  return names.length === 1 ? t("ui.saved", { filename, size }) : t("ui.saved_files", { count: names.length, size });
}

/** A notice as one line; one that no locale file knows shows its code rather than nothing. */
export function sentenceOf(notice: Notice, words: Words): string {
  return words.find(`notice.${notice.code}`, { ...notice.params, count: notice.count }) ?? `${notice.code}: ${notice.count}`;
}

function readySentence(names: readonly string[], { t }: Words): string {
  const [filename = ""] = names;
  return names.length === 1 ? t("ui.ready", { filename }) : t("ui.ready_files", { count: names.length });
}

function lead(text: string): HTMLElement {
  return h("p", { class: "lead" }, text);
}

function headline(text: string): HTMLElement {
  return h("p", { class: "headline" }, icon(ICONS.check), h("span", {}, text));
}
