/** The page's top: its name, what it does offline, the shortcuts, the settings, and the language, which whoever needs it must find. */
import { h, icon } from "../dom.ts";
import { LOCALES, type Locale } from "../element/words.ts";
import type { App } from "./app.ts";
import { showHelp } from "./help.ts";
import { ICONS } from "./icons.ts";
import { ariaOf, isMac } from "./keys.ts";
import { lazily } from "./lazily.ts";
import { showOffline } from "./offline/offline.ts";
import { setLanguage } from "./settings.ts";
import { dialogIsOpen } from "./typing.ts";

/** A language is named in itself: whoever needs it can read it. */
export const LANGUAGES: Record<Locale, string> = { en: "English", "zh-CN": "简体中文" };

export function banner(app: App): Node[] {
  const { t, locale } = app.words;
  return [
    h("a", { href: "#main", class: "skip", onclick: skip }, t("ui.skip")),
    h("a", { href: "#/", class: "brand" }, icon(ICONS.mark), "py-export"),
    h("div", { class: "settings" },
      offlineButton(app),
      shortcutsButton(app),
      settingsButton(app),
      choice("language", t("ui.language"), ICONS.language, LOCALES.map((one) => [one, LANGUAGES[one]]), locale, (value) => {
        void setLanguage(value as Locale).then(() => {
          app.show();
          document.querySelector<HTMLElement>("#language")?.focus();
        });
      }),
    ),
  ];
}

function offlineButton(app: App): HTMLElement {
  const label = app.words.t("ui.offline_title");
  return h(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, "aria-haspopup": "dialog", onclick: () => { showOffline(app); } },
    icon(ICONS.cloud),
  );
}

function settingsButton(app: App): HTMLElement {
  const label = app.words.t("ui.settings");
  const open = (): void => {
    lazily(app, import("./settings/dialog.ts"), ({ SettingsDialog }) => {
      if (!dialogIsOpen()) new SettingsDialog(app);
    });
  };
  return h("button", { type: "button", id: "settings", class: "round", "aria-label": label, title: label, "aria-haspopup": "dialog", onclick: open }, icon(ICONS.settings));
}

function shortcutsButton(app: App): HTMLElement {
  const label = app.words.t("ui.shortcuts");
  const keys = ariaOf("help", isMac());
  return h(
    "button",
    { type: "button", class: "round", "aria-label": label, title: label, "aria-haspopup": "dialog", "aria-keyshortcuts": keys, onclick: () => { showHelp(app); } },
    icon(ICONS.keyboard),
  );
}

function choice(
  id: string,
  label: string,
  picture: string,
  options: readonly (readonly [string, string])[],
  current: string,
  onChoose: (value: string) => void,
): HTMLElement {
  const select = h(
    "select",
    { id, "aria-label": label, title: label, onchange: () => { onChoose(select.value); } },
    ...options.map(([value, text]) => h("option", { value, selected: value === current, lang: id === "language" && value }, text)),
  );
  return h("span", { class: "choice" }, icon(picture), select);
}

// The hash is the route: the link to the content must not change it.
function skip(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>("#main")?.focus();
}
