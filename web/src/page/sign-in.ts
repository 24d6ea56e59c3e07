/** The sign-in: the address that py-export printed, or a token. */
import { h } from "../dom.ts";
import type { App, View } from "./app.ts";
import { keepToken, tokenIn } from "./token.ts";

export function showSignIn(app: App): View {
  const { t } = app.words;
  const input = h("input", {
    id: "token",
    type: "password",
    autocomplete: "off",
    spellcheck: "false",
    required: true,
    "aria-describedby": "token-help",
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    const token = tokenIn(input.value);
    if (token === "") return;
    keepToken(token);
    app.show();
  };
  const heading = h("h1", { tabindex: -1 }, t("ui.signed_out"));
  return {
    root: h(
      "div",
      { class: "page narrow" },
      heading,
      h("p", { id: "token-help", class: "lead" }, t("ui.signed_out_lead")),
      h(
        "form",
        { class: "sign-in", onsubmit: submit },
        h("label", { for: "token" }, t("ui.token")),
        h("div", { class: "row" }, input, h("button", { type: "submit", class: "button primary" }, t("ui.continue"))),
      ),
    ),
    title: t("ui.signed_out"),
    arrive: () => {
      input.focus();
    },
    menu: () => null,
    focusLine: () => undefined,
    leave: () => undefined,
  };
}
