/** The card "Patch": which files it changes and how much, above the patch in colours. */
import { fill, h } from "../../dom.ts";
import type { FileChange } from "../../engine/protocol.ts";
import type { Extra, ExtraHost } from "../extras.ts";
import type { Words } from "../words.ts";
import { linesOf } from "./diff-lines.ts";
import patchStyle from "./patch.css?inline";
import { sentenceOf } from "./sentence.ts";

/** Files that are listed; nobody goes through more of them here. */
const MOST = 200;

/** What is said of files and commands; that the patch is empty is said in its place. */
const SAID = /^patch_(?!empty$)/;

export function makeExtra({ words }: ExtraHost): Extra {
  const { t } = words;
  const sum = h("p", { class: "patch-sum", role: "status" });
  const files = h("ul", { class: "patch-files", tabindex: 0, "aria-label": t("ui.patch_list") });
  const left = h("ul", { class: "patch-left" });
  return {
    style: patchStyle,
    summary: h("div", { class: "patch-summary" }, sum, files, left),
    painted: ({ text, changes = [], notices }) => {
      const total = (of: "added" | "removed"): number => changes.reduce((all, one) => all + one[of], 0);
      sum.textContent = changes.length === 0 ? "" : t("ui.patch_files", { count: changes.length, added: total("added"), removed: total("removed") });
      const more = changes.length - MOST;
      fill(files, ...changes.slice(0, MOST).map((change) => fileOf(change, words)), more > 0 && h("li", {}, t("ui.patch_more", { count: more })));
      fill(left, ...notices.filter(({ code }) => SAID.test(code)).map((notice) => h("li", {}, sentenceOf(notice, words))));
      return text === "" ? t("ui.patch_none") : painted(text);
    },
  };
}

function painted(text: string): HTMLElement {
  return h("code", { class: "patch", dir: "ltr" }, ...linesOf(text).map((lines) => h("span", { class: `patch-${lines.kind}` }, lines.text)));
}

function fileOf({ path, was, status, added, removed, binary }: FileChange, { t }: Words): HTMLElement {
  return h(
    "li",
    { class: "patch-file" },
    h("span", { class: `patch-state ${status}` }, t(`ui.patch_${status}`)),
    h("bdi", { class: "patch-path", dir: "ltr" }, path, was !== null && h("span", { class: "patch-was" }, " ", t("ui.patch_was", { path: was }))),
    binary
      ? h("span", { class: "patch-count" }, t("ui.patch_binary"))
      : h("span", { class: "patch-count" }, h("span", { class: "patch-plus" }, `+${added}`), " ", h("span", { class: "patch-minus" }, `−${removed}`)),
  );
}
