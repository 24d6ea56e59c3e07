/** The list of shortcuts, and what the command line understands. */
import { h } from "../dom.ts";
import type { Key, Words } from "../element/words.ts";
import type { App } from "./app.ts";
import { capsOf, isMac, type Shortcut } from "./keys.ts";
import { setSingleKeys, singleKeys } from "./settings.ts";
import { openSheet } from "./sheet.ts";

const SHORTCUTS: readonly (readonly [Shortcut, Key, Key | null])[] = [
  ["export", "ui.shortcut_export", "ui.shortcut_export_else"],
  ["copy", "ui.shortcut_copy", "ui.shortcut_copy_else"],
  ["open", "ui.shortcut_open", "ui.shortcut_open_else"],
  ["line", "ui.shortcut_line", null],
  ["help", "ui.shortcut_help", "ui.shortcut_help_else"],
];
/** The keys of the line itself, with their caps. */
const KEYS: readonly (readonly [readonly string[], Key])[] = [
  [["Enter"], "ui.key_enter"],
  [["↑", "↓"], "ui.key_arrows"],
  [["Tab"], "ui.key_tab"],
  [["Esc"], "ui.key_escape"],
];
const EXAMPLES: readonly (readonly [string, Key])[] = [
  ["r20 & c'error'", "ui.example_filter"],
  [":export md --order topic", "ui.example_export"],
  ["/export json notes.json", "ui.example_name"],
  ["/import", "ui.example_import"],
];

export function showShortcuts(app: App): void {
  const { t } = app.words;
  const mac = isMac();
  const rows = SHORTCUTS.map(([shortcut, does, otherwise]) => row(keysOf(capsOf(shortcut, mac), app.words), t(does), otherwise !== null && t(otherwise)));
  const keys = KEYS.map(([caps, does]) => row(keysOf([caps], app.words), t(does), false));
  const examples = EXAMPLES.map(([line, does]) => row([h("code", {}, line)], t(does), false));
  openSheet(app.words, t("ui.shortcuts"), [
    h("dl", { class: "keys" }, ...rows),
    h("p", { class: "hint" }, t("ui.shortcut_lead")),
    signsSwitch(app.words),
    h("h3", {}, t("ui.command_line")),
    h("dl", { class: "keys" }, ...keys),
    h("dl", { class: "keys examples" }, ...examples),
  ], []);
}

function row(keys: Node[], does: string, otherwise: string | false): HTMLElement {
  return h("div", {}, h("dt", {}, ...keys), h("dd", {}, does, otherwise !== false && h("small", {}, otherwise)));
}

/** Each way to press it, as caps. */
function keysOf(ways: readonly (readonly string[])[], words: Words): Node[] {
  return ways.flatMap((caps, index) => [
    ...(index > 0 ? [h("span", { class: "or" }, words.t("ui.or"))] : []),
    h("span", { class: "caps" }, ...caps.map((cap) => h("kbd", {}, cap))),
  ]);
}

function signsSwitch({ t }: Words): HTMLElement {
  const box = h("input", { type: "checkbox", id: "single-keys", checked: singleKeys(), onchange: () => { setSingleKeys(box.checked); } });
  return h("p", { class: "switch" }, box, h("label", { for: "single-keys" }, t("ui.single_keys")));
}
