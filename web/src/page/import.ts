/** Importing: a person chooses files, each is sent to the function, and a dialog says what became of every one. */
import { h } from "../dom.ts";
import { explain } from "../element/errors.ts";
import { HttpError } from "../http.ts";
import type { App } from "./app.ts";
import type { ImportDialog } from "./import-dialog.ts";
import { lazily } from "./lazily.ts";

/** Call it straight from a press: browsers open their file picker for nothing else. */
export function importFiles(app: App): void {
  const picker = h("input", { type: "file", multiple: true, hidden: true, "aria-label": app.words.t("ui.import") });
  const leave = (): void => { picker.remove(); };
  picker.addEventListener("cancel", leave);
  picker.addEventListener("change", () => {
    leave();
    const files = [...(picker.files ?? [])];
    if (files.length > 0) lazily(app, import("./import-dialog.ts"), ({ ImportDialog }) => void send(app, files, ImportDialog));
  });
  document.body.append(picker);
  picker.click();
}

/** One file after the other, so that one that is refused harms no other. */
async function send(app: App, files: readonly File[], Dialog: typeof ImportDialog): Promise<void> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const dialog = new Dialog(app.words, files, (changed) => {
    leaving.abort();
    if (changed) app.show();
  });
  for (const [index, file] of files.entries()) {
    dialog.start(index);
    try {
      dialog.done(index, await app.api.import(file, app.words.locale, signal));
    } catch (error) {
      if (signal.aborted) return;
      if (error instanceof HttpError && error.status === 401) {
        dialog.close();
        app.signIn();
        return;
      }
      dialog.refused(index, ...reasonOf(error, app));
    }
  }
  dialog.finish();
}

/** The function's own sentence where it has one, and the place in the file. */
function reasonOf(error: unknown, app: App): [sentence: string, where: string] {
  if (error instanceof HttpError) {
    const { detail, where } = error.problem;
    if (typeof detail === "string" && detail !== "") return [detail, typeof where === "string" ? where : ""];
  }
  return [explain(error, app.words).message, ""];
}
