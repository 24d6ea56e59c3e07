/** What became of imported files: each with its sessions, what was migrated, what is worth knowing, or why it was refused. */
import { fill, h, icon } from "../dom.ts";
import type { Key, Words } from "../element/words.ts";
import { ICONS } from "./icons.ts";
import type { ImportAnswer, ImportedSession } from "./model.ts";
import { sessionAddress } from "./route.ts";
import { openSheet, type Sheet } from "./sheet.ts";

const STATUSES = { new: "ui.import_new", same: "ui.import_same", updated: "ui.import_updated" } as const satisfies Record<ImportedSession["status"], Key>;
const SUMS = { new: "ui.imported_new", updated: "ui.imported_updated", same: "ui.imported_same", refused: "ui.imported_refused" } as const satisfies Record<string, Key>;

export class ImportDialog {
  readonly #words: Words;
  readonly #sheet: Sheet;
  readonly #rows: { root: HTMLElement; name: HTMLElement; body: HTMLElement }[];
  readonly #state = h("p", { role: "status", class: "import-state" });
  readonly #end: HTMLButtonElement;
  readonly #sums = { new: 0, updated: 0, same: 0, refused: 0 };

  /** @param onClose - Told whether the store has changed. */
  constructor(words: Words, files: readonly File[], onClose: (changed: boolean) => void) {
    const { t } = words;
    this.#words = words;
    this.#rows = files.map((file) => {
      const name = h("h3", {}, h("bdi", {}, file.name));
      const body = h("div", {});
      return { root: h("li", { "data-state": "waiting" }, name, body), name, body };
    });
    this.#end = h("button", { type: "button", class: "button", onclick: () => { this.close(); } }, t("ui.cancel"));
    const list = h("ul", { class: "imports" }, ...this.#rows.map(({ root }) => root));
    this.#sheet = openSheet(words, t("ui.import_title"), [this.#state, list], [this.#end], () => {
      onClose(this.#sums.new + this.#sums.updated > 0);
    });
    this.#end.focus();
  }

  close(): void {
    this.#sheet.close();
  }

  start(index: number): void {
    this.#mark(index, "busy", null);
    this.#state.textContent = this.#words.t("ui.importing", { file: index + 1, count: this.#rows.length });
  }

  done(index: number, { imported, notices }: ImportAnswer): void {
    for (const { status } of imported) this.#sums[status] += 1;
    // What was brought to a newer version is the first thing to know.
    const ordered = notices.toSorted((one, other) => Number(other.code === "migrated") - Number(one.code === "migrated"));
    this.#mark(index, "done", ICONS.check);
    this.#fill(index, [
      imported.length === 0
        ? h("p", {}, this.#words.t("ui.import_empty"))
        : h("ul", { class: "imported" }, ...imported.map((session) => this.#session(session))),
      ordered.length > 0 && h("ul", { class: "import-notices" }, ...ordered.map(({ code, message }) => h("li", { "data-code": code }, icon(ICONS.info), h("span", {}, message)))),
    ]);
  }

  /** @param where - The place in the file, where one is known. */
  refused(index: number, sentence: string, where: string): void {
    this.#sums.refused += 1;
    this.#mark(index, "refused", ICONS.alert);
    this.#fill(index, [h("p", {}, sentence), where !== "" && h("p", { class: "hint" }, h("code", {}, where))]);
  }

  finish(): void {
    const { t } = this.#words;
    const parts = Object.entries(SUMS).filter(([name]) => this.#sums[name as keyof typeof SUMS] > 0)
      .map(([name, key]) => t(key, { count: this.#sums[name as keyof typeof SUMS] }));
    this.#state.textContent = parts.join(" · ");
    this.#end.textContent = t("ui.done");
    this.#end.classList.add("primary");
  }

  #session({ id, title, status, viewCount }: ImportedSession): HTMLElement {
    const { t } = this.#words;
    return h(
      "li",
      {},
      h("a", { href: sessionAddress(id), dir: "auto", onclick: () => { this.close(); } }, title ?? t("ui.untitled")),
      h("span", { class: `ending ${status}` }, t(STATUSES[status])),
      h("span", { class: "hint" }, t("ui.message_count", { count: viewCount })),
    );
  }

  #mark(index: number, state: string, picture: string | null): void {
    const row = this.#rows[index];
    if (row === undefined) return;
    row.root.dataset["state"] = state;
    if (picture !== null) row.name.prepend(icon(picture));
  }

  #fill(index: number, children: Parameters<typeof fill>[1][]): void {
    const row = this.#rows[index];
    if (row !== undefined) fill(row.body, ...children);
  }
}
