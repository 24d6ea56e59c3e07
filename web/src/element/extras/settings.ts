/** The card "Settings": the document as it will be saved, and the way back from one. */
import { fill, h } from "../../dom.ts";
import type { SettingsDocument } from "../../engine/protocol.ts";
import { explain, isAbort } from "../errors.ts";
import type { Exported } from "../export.ts";
import type { Extra, ExtraHost } from "../extras.ts";
import { settingsDocument } from "./kept-settings.ts";
import { MOST_BYTES, RestoreView } from "./restore.ts";

export function makeExtra(host: ExtraHost): Extra {
  const { words, storageKey, engine, file } = host;
  const { t } = words;
  const leaving = new AbortController();
  const signal = AbortSignal.any([leaving.signal, file.signal]);
  const text = h("pre", { class: "sheet", tabindex: 0, role: "region", "aria-label": t("ui.preview"), dir: "ltr" });
  const restored = h("div", { "aria-live": "polite" });
  let named = "sidepanel-settings.json";

  const document = async (stop: AbortSignal): Promise<SettingsDocument> => engine.settings(settingsDocument(storageKey, Date.now()), stop);
  const look = (): void => {
    document(signal).then(
      (found) => {
        named = found.filename;
        text.textContent = found.text;
      },
      (error: unknown) => { if (!isAbort(error)) text.textContent = t("ui.preview_absent"); },
    );
  };
  const restore = async (chosen: File): Promise<void> => {
    fill(restored, h("p", { class: "about" }, t("ui.settings_reading")));
    try {
      const found = await engine.settings(await chosen.slice(0, MOST_BYTES + 1).text(), signal);
      fill(restored, new RestoreView(words, storageKey, found, look).root);
    } catch (error) {
      if (!isAbort(error)) fill(restored, h("p", { class: "wrong" }, explain(error, words).message));
    }
  };
  const picker = h("input", { type: "file", accept: ".json,application/json", hidden: true, "aria-label": t("ui.settings_restore"), onchange: () => {
    const [chosen] = picker.files ?? [];
    picker.value = "";
    if (chosen !== undefined) void restore(chosen);
  } });

  text.textContent = t("ui.preview_loading");
  look();
  return {
    root: h(
      "div",
      { class: "group" },
      picker,
      h("button", { type: "button", class: "button slim", onclick: () => { picker.click(); } }, t("ui.settings_restore")),
      restored,
    ),
    preview: text,
    without: ["copy", "options", "preview", "range", "redaction", "selection", "together"],
    filename: () => named,
    make: async (making): Promise<Exported[]> => {
      const made = await document(making.signal);
      const saved = new File([made.text], made.filename, { type: "application/json" });
      return [{ file: saved, bytes: saved.size, notices: made.notices, failed: [] }];
    },
    leave: () => { leaving.abort(); },
  };
}
