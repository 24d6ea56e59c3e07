/** What the dialog is made of: head, two panes, foot. On a phone the panes stand below each other. */
import { fill, h, icon } from "../dom.ts";
import { ICONS } from "./icons.ts";
import type { Words } from "./words.ts";

export interface DialogFrame {
  body: HTMLElement;
  lead: HTMLElement;
  message: HTMLElement;
  panes: HTMLElement;
  choices: HTMLElement;
  asked: HTMLElement;
  outcome: HTMLElement;
  size: HTMLElement;
  cancel: HTMLButtonElement;
  copy: HTMLButtonElement;
  saveAs: HTMLButtonElement;
  primary: HTMLButtonElement;
}

interface Contents {
  title: string;
  choices: HTMLElement;
  preview: HTMLElement;
  progress: HTMLElement;
  onSubmit: () => void;
  onSaveAs: () => void;
  onCopy: () => void;
  onCancel: () => void;
  onDismiss: () => void;
}

export function dialogFrame(root: HTMLDialogElement, { t }: Words, contents: Contents): DialogFrame {
  const frame: DialogFrame = {
    body: h("div", { class: "body" }),
    lead: h("p", { id: "lead", class: "lead" }, t("ui.export_lead")),
    message: h("div", { role: "alert" }),
    panes: h("div", { class: "panes" }, contents.choices, contents.preview),
    choices: contents.choices,
    asked: h("div", { class: "asked" }),
    outcome: h("div", { class: "outcome", role: "status" }),
    size: h("p", { class: "size", role: "status" }),
    cancel: h("button", { type: "button", class: "button", onclick: contents.onCancel }),
    copy: h("button", { type: "button", class: "button", "aria-describedby": "copy-note", onclick: contents.onCopy }, t("ui.copy_clipboard")),
    saveAs: h("button", { type: "button", class: "button save-as", onclick: contents.onSaveAs }, t("ui.save_as")),
    primary: h("button", { type: "submit", class: "button primary" }),
  };
  fill(frame.body, frame.lead, frame.message, frame.panes, frame.asked, frame.outcome);
  const submit = (event: Event): void => {
    event.preventDefault();
    contents.onSubmit();
  };
  fill(
    root,
    h(
      "form",
      { class: "form", novalidate: true, onsubmit: submit },
      h(
        "header",
        { class: "head" },
        h("h2", { id: "title", class: "title" }, contents.title),
        h("button", { type: "button", class: "close", "aria-label": t("ui.close"), onclick: contents.onDismiss }, icon(ICONS.close)),
      ),
      frame.body,
      h("footer", { class: "foot" }, contents.progress, frame.size, h("div", { class: "buttons" }, frame.cancel, frame.copy, frame.saveAs, frame.primary)),
    ),
  );
  return frame;
}
