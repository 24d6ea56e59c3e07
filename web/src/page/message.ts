/** One message: who and when, then its blocks. */
import { h } from "../dom.ts";
import { formatTime, isoTime } from "../format.ts";
import type { Key, Words } from "../element/words.ts";
import { renderBlock } from "./blocks.ts";
import type { Message } from "./model.ts";

const ROLES: Readonly<Record<string, Key>> = {
  user: "ui.role_user",
  assistant: "ui.role_assistant",
  system: "ui.role_system",
  tool: "ui.role_tool",
  event: "ui.role_event",
};

export function renderMessage(message: Message, words: Words): HTMLElement {
  const { t, locale } = words;
  const blocks = message.blocks.map((block) => renderBlock(block, words, (inner) => renderMessage(inner, words)));
  const time = message.createdAt ?? null;
  const when = time === null ? null : h("time", { datetime: isoTime(time) }, formatTime(time, locale));
  const role = t(ROLES[message.role] ?? "ui.role_other");
  // An event is a line between the turns, not a turn.
  if (message.role === "event") {
    return h("article", { class: "message event", tabindex: -1, "aria-label": role }, h("div", { class: "blocks" }, ...blocks), when);
  }
  const inner = message.role === "user" ? t("ui.role_task") : t("ui.role_sub_agent");
  const who = message.subAgent == null ? (message.author ?? role) : inner;
  return h(
    "article",
    { class: `message ${message.role}`, tabindex: -1, "aria-label": time === null ? who : `${who}, ${formatTime(time, locale)}` },
    h("header", {}, h("span", { class: "who" }, who), message.model != null && h("span", { class: "model" }, message.model), when),
    h("div", { class: "blocks" }, ...blocks),
  );
}
