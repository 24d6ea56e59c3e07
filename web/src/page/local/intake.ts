/** The ways by which files come in: dropped anywhere on the page, pasted, chosen. None of them sends anything anywhere. */
import { h } from "../../dom.ts";
import type { App } from "../app.ts";
import { prepareEngine } from "../engine.ts";
import { dialogIsOpen, typesIn } from "../typing.ts";
import { openFiles, type Incoming } from "./inbox.ts";

/** Listen to the whole page. */
export function bindIntake(app: App): void {
  const zone = h("div", { class: "drop-zone", "aria-hidden": "true", hidden: true });
  document.body.append(zone);
  const show = (shown: boolean): void => {
    if (shown && zone.hidden) {
      zone.replaceChildren(h("p", {}, app.words.t("ui.drop_here"), h("small", {}, app.words.t("ui.stays_here"))));
      prepareEngine();
    }
    zone.hidden = !shown;
  };
  addEventListener("dragover", (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    // Dropped beside a place that takes it, a file would replace the page.
    event.preventDefault();
    const taken = !dialogIsOpen();
    if (event.dataTransfer !== null) event.dataTransfer.dropEffect = taken ? "copy" : "none";
    show(taken);
  });
  addEventListener("dragleave", (event) => {
    // Between two elements it leaves one for the other; out of the window it leaves for nothing.
    if (event.relatedTarget === null) show(false);
  });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event.dataTransfer)) return;
    event.preventDefault();
    show(false);
    if (!dialogIsOpen() && event.dataTransfer !== null) openFiles(app, dropped(event.dataTransfer));
  });
  addEventListener("paste", (event) => {
    const { clipboardData } = event;
    if (clipboardData === null || event.defaultPrevented || typesIn(event) !== null || dialogIsOpen()) return;
    const files = [...clipboardData.files];
    const text = files.length === 0 ? clipboardData.getData("text/plain") : "";
    if (text.trim() !== "") files.push(new File([text], app.words.t("ui.pasted"), { type: "text/plain" }));
    if (files.length === 0) return;
    event.preventDefault();
    openFiles(app, files);
  });
}

/** Let a person choose files, or a folder. Call it straight from a press: browsers open their picker for nothing else. */
export function chooseFiles(app: App, folder = false): void {
  prepareEngine();
  const label = app.words.t(folder ? "ui.open_folder" : "ui.open_files");
  const picker = h("input", { type: "file", multiple: true, webkitdirectory: folder, hidden: true, "aria-label": label });
  const leave = (): void => { picker.remove(); };
  picker.addEventListener("cancel", leave);
  picker.addEventListener("change", () => {
    leave();
    openFiles(app, [...(picker.files ?? [])].map((file) => ({ name: file.webkitRelativePath || file.name, blob: file })));
  });
  document.body.append(picker);
  picker.click();
}

/** Phones have no folders to choose. */
export function hasFolders(): boolean {
  return "webkitdirectory" in HTMLInputElement.prototype && matchMedia("(pointer: fine)").matches;
}

/** Whether something is dragged that has files: a piece of text or a link is left to the browser. */
function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

/** Straight from the event: later the browser does not say any more what was dropped. */
function dropped(transfer: DataTransfer): Incoming[] {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  return items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((one) => one !== null);
}
