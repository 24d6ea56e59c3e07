/** A tool call: what was done, in one line; its input, its result and a sub-agent's messages inside. */
import { h, icon } from "../dom.ts";
import { formatDuration } from "../format.ts";
import type { Key, Words } from "../element/words.ts";
import { code, fold, pretty, renderBlock, type RenderMessage } from "./blocks.ts";
import { ICONS } from "./icons.ts";
import type { ToolCall } from "./model.ts";

const PICTURES: Readonly<Record<string, string>> = {
  read: ICONS.read,
  write: ICONS.edit,
  edit: ICONS.edit,
  search: ICONS.search,
  shell: ICONS.shell,
  task: ICONS.task,
  web: ICONS.web,
  plan: ICONS.plan,
};

/** How a call ended, where that is worth a word: that it succeeded is not. */
const ENDINGS: Readonly<Record<string, Key>> = {
  pending: "ui.tool_pending",
  running: "ui.tool_running",
  error: "ui.tool_error",
  denied: "ui.tool_denied",
  cancelled: "ui.tool_cancelled",
};

export function renderTool(call: ToolCall, words: Words, renderMessage: RenderMessage): HTMLElement {
  const { t, locale } = words;
  const status = call.result?.isError === true ? "error" : (call.status ?? "");
  const ending = ENDINGS[status];
  const subject = call.subject ?? call.description ?? "";
  const summary = [
    icon(PICTURES[call.kind ?? ""] ?? ICONS.tool),
    h("span", { class: "tool-name" }, call.name),
    h("span", { class: "tool-subject", dir: "auto" }, subject),
    ...(ending === undefined ? [] : [h("span", { class: `ending ${status}` }, t(ending))]),
    ...(call.durationMs == null ? [] : [h("span", { class: "hint" }, formatDuration(call.durationMs, locale))]),
  ];
  return fold(`tool ${status}`, summary, () => inside(call, words, renderMessage));
}

function inside(call: ToolCall, words: Words, renderMessage: RenderMessage): Node[] {
  const { t } = words;
  const parts: Node[] = [];
  const section = (label: string, ...content: Node[]): void => {
    parts.push(h("section", {}, h("p", { class: "label" }, label), ...content));
  };
  if (call.permission?.reason != null) section(t("ui.tool_decision"), h("p", {}, call.permission.reason));
  if (call.input != null) section(t("ui.tool_input"), ...inputOf(call.input));
  if ((call.messages?.length ?? 0) > 0) {
    section(t("ui.sub_agent"), h("div", { class: "nested" }, ...(call.messages ?? []).map(renderMessage)));
  }
  const blocks = call.result?.blocks ?? [];
  if (blocks.length > 0) {
    section(
      t("ui.tool_result"),
      // A result is output, not prose: its columns and its markup characters are to be seen.
      ...blocks.map((block) => (block.type === "text" ? code(block.text, null) : renderBlock(block, words, renderMessage))),
    );
  } else if (call.result != null) {
    section(t("ui.tool_result"), h("p", { class: "hint" }, t("ui.tool_empty")));
  }
  return parts;
}

/** An object's long texts (a command, a file's content) as texts of their own; the rest as JSON. */
function inputOf(input: unknown): Node[] {
  if (typeof input !== "object" || input === null || Array.isArray(input)) return [code(pretty(input), null)];
  const entries = Object.entries(input as Record<string, unknown>);
  const long = entries.filter((entry): entry is [string, string] => typeof entry[1] === "string" && (entry[1].includes("\n") || entry[0] === "command"));
  const rest = entries.filter(([name]) => !long.some(([other]) => other === name));
  return [
    ...long.map(([name, text]) => code(text, name)),
    ...(rest.length > 0 ? [code(pretty(Object.fromEntries(rest)), null)] : []),
  ];
}
