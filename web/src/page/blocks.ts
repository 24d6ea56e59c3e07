/** A message's blocks as elements. Whatever a block holds is shown as text: nothing in it is ever markup. */
import { h, icon } from "../dom.ts";
import { formatBytes } from "../format.ts";
import type { Words } from "../element/words.ts";
import { renderEvent } from "./event.ts";
import { fenced } from "./fences.ts";
import { ICONS } from "./icons.ts";
import type { Attachment, Block, Message } from "./model.ts";
import { renderTool } from "./tool.ts";

/** Types that an `<img>` may show from the file's own bytes. */
const PICTURES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"]);

export type RenderMessage = (message: Message) => HTMLElement;

export function renderBlock(block: Block, words: Words, renderMessage: RenderMessage): HTMLElement {
  const { t } = words;
  switch (block.type) {
    case "text":
      return prose(block.text);
    case "thinking":
      return fold("thinking", [h("span", {}, t("ui.thinking")), h("span", { class: "hint" }, firstLine(block.text))], () => [prose(block.text)]);
    case "code":
      return code(block.text, block.path ?? block.language ?? null);
    case "event":
      return renderEvent(block, words);
    case "error":
      return h("p", { class: "error-line", dir: "auto" }, icon(ICONS.alert), h("span", {}, block.text));
    case "citation":
      return h("p", { class: "citation" }, link(block.url, block.title ?? block.url ?? t("ui.citation")), block.text != null && h("span", { class: "quote" }, block.text));
    case "image":
    case "file":
      return attachment(block, words);
    case "tool_call":
      return renderTool(block, words, renderMessage);
    case "unknown":
      return fold("unknown", [h("span", {}, t("ui.unknown_record")), h("span", { class: "hint" }, block.name ?? "")], () => [code(pretty(block.record), null)]);
  }
}

/** A text as it was written, its fenced code set as code. */
export function prose(text: string): HTMLElement {
  return h("div", { class: "prose", dir: "auto" }, ...fenced(text).map((part) => (part.code ? code(part.text, part.info) : h("span", {}, part.text))));
}

export function code(text: string, name: string | null): HTMLElement {
  return h("figure", { class: "code" }, name !== null && name !== "" && h("figcaption", {}, name), h("pre", { tabindex: 0, dir: "ltr" }, h("code", {}, text)));
}

/** A fold whose inside is made when it is first opened: it may be long. */
export function fold(kind: string, summary: Node[], inside: () => Node[]): HTMLElement {
  const details = h("details", { class: `fold ${kind}` }, h("summary", {}, ...summary));
  details.addEventListener("toggle", () => { details.append(h("div", { class: "inside" }, ...inside())); }, { once: true });
  return details;
}

export function pretty(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

function attachment(block: Attachment, words: Words): HTMLElement {
  const { t, locale } = words;
  const name = block.name ?? block.path ?? t(block.type === "image" ? "ui.image" : "ui.file");
  const facts = [block.mediaType, block.size == null ? null : formatBytes(block.size, locale)].filter((fact) => fact != null && fact !== "");
  const type = block.mediaType?.toLowerCase() ?? "";
  const caption = h("span", { class: "attachment" }, icon(ICONS.file), link(block.url, name), h("span", { class: "hint" }, facts.join(" · ")));
  if (block.data != null && PICTURES.has(type)) {
    return h("figure", { class: "picture" }, h("img", { src: `data:${type};base64,${block.data}`, alt: name, loading: "lazy" }), h("figcaption", {}, caption));
  }
  return h("div", {}, caption, block.text != null && code(block.text, null));
}

/** A link, if the address is one that a browser may safely follow; else its text. */
function link(url: string | null | undefined, text: string): HTMLElement {
  const safe = url != null && URL.canParse(url) && ["http:", "https:"].includes(new URL(url).protocol);
  return safe ? h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : h("span", {}, text);
}

function firstLine(text: string): string {
  return text.trimStart().slice(0, 160).split("\n", 1)[0] ?? "";
}
