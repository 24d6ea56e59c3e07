/** The page's top: its name, the list of shortcuts, and the two things one may set. */
import { h, icon } from "../dom.ts";
import { LOCALES, type Locale } from "../element/words.ts";
import type { App } from "./app.ts";
import { showHelp } from "./help.ts";
import { ICONS } from "./icons.ts";
import { ariaOf, isMac } from "./keys.ts";
import { showOffline } from "./offline/offline.ts";
import { currentTheme, setLanguage, setTheme, THEMES, type Theme } from "./settings.ts";

/** A language is named in itself: whoever needs it can read it. */
const NAMES: Record<Locale, string> = { en: "English", "zh-CN": "简体中文" };

export function banner(app: App): Node[] {
  const { t, locale } = app.words;
  const theme = currentTheme();
  return [
    h("a", { href: "#main", class: "skip", onclick: skip }, t("ui.skip")),
    h("a", { href: "#/", class: "brand" }, icon(ICONS.mark), "py-export"),
    h("div", { class: "settings" },
      offlineButton(app),
      shortcutsButton(app),
      choice("theme", t("ui.theme"), ICONS.theme, THEMES.map((one) => [one, t(`ui.theme_${one}`)]), theme, (value) => {
        setTheme(value as Theme);
      }),
      choice("language", t("ui.language"), ICONS.language, LOCALES.map((one) => [one, NAMES[one]]), locale, (value) => {
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
