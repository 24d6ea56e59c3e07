/** What came of an export, for the dialog that stays open to tell it. */
import { h, icon } from "../dom.ts";
import { EngineError, type Notice } from "../engine/protocol.ts";
import { formatBytes } from "../format.ts";
import type { Outcome, State } from "./dialog.ts";
import { explain } from "./errors.ts";
import { sentenceOf } from "./extras/sentence.ts";
import { ICONS } from "./icons.ts";
import { KINDS, kindKey } from "./kinds.ts";
import type { Words } from "./words.ts";

/** The notice of what was hidden: it has a line of its own. */
const REDACTED = "redacted";

export function outcomeOf(state: State, words: Words): (Node | false)[] {
  const { t } = words;
  if (state.step === "ready") return [headline(readySentence(state.names, words)), lead(t("ui.ready_lead")), state.asText && lead(t("ui.shared_as_text")), hiddenIn(state, words)];
  if (state.step !== "done") return [];
  const lines = state.notices.filter(({ code }) => code !== REDACTED).map((notice) => h("li", {}, sentenceOf(notice, words)));
  const failed = state.failed.map(({ title, failure }) => {
    const reason = explain(new EngineError(failure), words).message;
    return h("li", {}, t("ui.not_written", { title: title ?? t("ui.untitled"), reason }));
  });
  return [
    headline(savedSentence(state.names, state.bytes, words)),
    state.refused && lead(t("ui.share_refused")),
    hiddenIn(state, words),
    failed.length > 0 && h("h3", { class: "subtitle" }, t("ui.not_in_file")),
    failed.length > 0 && h("ul", { class: "notices" }, ...failed),
    lines.length > 0 && h("h3", { class: "subtitle" }, t("ui.notices")),
    lines.length > 0 && h("ul", { class: "notices" }, ...lines),
  ];
}

/** What was saved, with its true size. */
function savedSentence(names: readonly string[], bytes: number, { t, locale }: Words): string {
  const [filename = ""] = names;
  const size = formatBytes(bytes, locale);
  return names.length === 1 ? t("ui.saved", { filename, size }) : t("ui.saved_files", { count: names.length, size });
}

function readySentence(names: readonly string[], { t }: Words): string {
  const [filename = ""] = names;
  return names.length === 1 ? t("ui.ready", { filename }) : t("ui.ready_files", { count: names.length });
}

/** What was saved in one line; with what was hidden where no dialog tells that. */
export function savedLine({ names, notices }: Outcome, bytes: number, told: boolean, words: Words): string {
  const hidden = told ? null : hiddenSentence(notices, words);
  return savedSentence(names, bytes, words) + (hidden === null ? "" : ` ${hidden}`);
}

/** How much was hidden, by kind, and the way to see it. */
function hiddenIn({ notices, onSee }: Outcome, words: Words): Node | false {
  const sentence = hiddenSentence(notices, words);
  return sentence !== null && h("p", { class: "hidden-things" }, sentence, " ", h("button", { type: "button", class: "button slim", onclick: onSee }, words.t("ui.redact_see")));
}

function hiddenSentence(notices: readonly Notice[], { t, locale }: Words): string | null {
  const counts = new Map<string, number>();
  for (const { code, count, params } of notices) {
    if (code === REDACTED) counts.set(String(params["kind"]), (counts.get(String(params["kind"])) ?? 0) + count);
  }
  if (counts.size === 0) return null;
  const found = KINDS.flatMap(({ kind }) => (counts.has(kind) ? [t("ui.redact_kind_of", { kind: t(kindKey(kind)), count: counts.get(kind) ?? 0 })] : []));
  const kinds = new Intl.ListFormat(locale).format(found);
  const count = [...counts.values()].reduce((sum, one) => sum + one, 0);
  return t("ui.redact_hidden", { count, kinds });
}

function lead(text: string): HTMLElement {
  return h("p", { class: "lead" }, text);
}

function headline(text: string): HTMLElement {
  return h("p", { class: "headline" }, icon(ICONS.check), h("span", {}, text));
}
