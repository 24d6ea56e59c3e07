/** A dialog of the page: a title, a way to close it, and whatever it is about. */
import { h, icon } from "../dom.ts";
import type { Words } from "../element/words.ts";
import { ICONS } from "./icons.ts";

export interface Sheet {
  root: HTMLDialogElement;
  close: () => void;
}

/** Open it. The browser gives the focus back when it closes; then it is gone. */
export function openSheet(words: Words, title: string, body: readonly Node[], foot: readonly Node[], onClose?: () => void): Sheet {
  const close = (): void => { root.close(); };
  const root = h(
    "dialog",
    { class: "sheet", "aria-labelledby": "sheet-title", closedby: foot.length === 0 ? "any" : null },
    h(
      "header",
      {},
      h("h2", { id: "sheet-title" }, title),
      h("button", { type: "button", class: "round", "aria-label": words.t("ui.close"), title: words.t("ui.close"), onclick: close }, icon(ICONS.close)),
    ),
    // Longer than the screen it is scrolled, which the keyboard must be able to do.
    h("div", { class: "sheet-body", tabindex: 0 }, ...body),
    foot.length > 0 && h("footer", {}, ...foot),
  );
  root.addEventListener("close", () => {
    root.remove();
    onClose?.();
  });
  document.body.append(root);
  root.showModal();
  return { root, close };
}
