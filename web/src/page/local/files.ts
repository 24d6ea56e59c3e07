/** What became of every file that was opened: why one cannot be read, what was noticed in another. */
import { h, icon } from "../../dom.ts";
import { explain } from "../../element/errors.ts";
import { sentenceOf } from "../../element/extras/sentence.ts";
import type { Words } from "../../element/words.ts";
import { EngineError, type SourceInfo } from "../../engine/protocol.ts";
import { formatBytes } from "../../format.ts";
import { ICONS } from "../icons.ts";
import { shownName } from "../shown-name.ts";
import { sourceName } from "../source-name.ts";

/** Readers of what a writer writes are called as that is; the others are called after their application. */
const FORMAT_OF: Readonly<Record<string, string>> = { "cursor-jsonl": "jsonl", "trace-markdown": "markdown" };

export function filesSection(files: readonly SourceInfo[], sessions: number, words: Words): HTMLElement {
  const { t } = words;
  const bad = files.filter(({ failures }) => failures.length > 0);
  const good = files.filter(({ failures }) => failures.length === 0);
  return h(
    "section",
    { class: "local-files", "aria-labelledby": "local-files" },
    h("h2", { id: "local-files" }, t("ui.files")),
    bad.length > 0 && sessions > 0 && h("p", { class: "files-bad", role: "status" }, t("ui.files_unread", { count: bad.length })),
    h("ul", { class: "imports" }, ...[...bad, ...good].map((file) => fileItem(file, words))),
  );
}

function fileItem(file: SourceInfo, words: Words): HTMLElement {
  const { t, locale, find } = words;
  const failed = file.failures.length > 0;
  const named = (readers: readonly string[]): string =>
    [...new Set(readers.map((reader) => find(`format.${FORMAT_OF[reader] ?? reader}`) ?? sourceName(reader, "")))].join(", ");
  const facts = [named(file.readers), file.sessions.length > 0 && t("ui.session_count", { count: file.sessions.length }), file.bytes > 0 && formatBytes(file.bytes, locale)];
  const failures = file.failures.map(({ name, ...failure }) => {
    const { known } = failure.params;
    // The engine names sources as a command does.
    const params = typeof known === "string" ? { ...failure.params, known: named(known.split(", ")) } : failure.params;
    const { message } = explain(new EngineError({ ...failure, params }), words);
    return h("li", {}, name !== "" && h("bdi", { class: "inner-file" }, shownName(name)), said(message, failure.where));
  });
  const notices = file.notices.map((notice) => h("li", {}, icon(ICONS.info), said(sentenceOf(notice, words), notice.where)));
  return h(
    "li",
    { "data-state": failed ? "refused" : "done" },
    h("h3", {}, icon(failed ? ICONS.alert : ICONS.check), h("bdi", {}, shownName(file.name))),
    h(
      "div",
      {},
      !failed && h("p", { class: "hint" }, facts.filter(Boolean).join(" · ")),
      failures.length > 0 && h("ul", { class: "failures" }, ...failures),
      notices.length > 0 && h("ul", { class: "import-notices" }, ...notices),
    ),
  );
}

/** A sentence, and the place that it is about. Both may name what stands in a file, in any direction of writing. */
function said(sentence: string, where: string): HTMLElement {
  return h("p", { dir: "auto" }, sentence, where !== "" && " ", where !== "" && h("code", { dir: "auto" }, shownName(where)));
}
