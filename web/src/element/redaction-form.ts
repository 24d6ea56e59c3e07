/** Whether secrets and personal details are hidden, which, and patterns of the person's own. */
import { fill, h } from "../dom.ts";
import type { Failure } from "../engine/protocol.ts";
import { checkbox, fieldset, folded, select } from "./fields.ts";
import { kindKey, type Kind } from "./kinds.ts";
import { LOOKED_FOR, MODES, type Hiding, type Mode } from "./redaction.ts";
import type { Words } from "./words.ts";

export class RedactionForm {
  readonly root: HTMLElement;
  readonly #words: Words;
  readonly #onChange: () => void;
  readonly #about = h("p", { class: "about one" });
  readonly #what: HTMLDetailsElement;
  readonly #patterns: HTMLTextAreaElement;
  readonly #wrong = h("p", { id: "patterns-wrong", class: "wrong", role: "alert" });
  readonly #kinds: Set<Kind>;
  #mode: Mode;

  constructor(words: Words, { mode, kinds, patterns }: Hiding, onChange: () => void) {
    const { t } = words;
    this.#words = words;
    this.#onChange = onChange;
    this.#mode = mode;
    this.#kinds = new Set(kinds);
    this.#patterns = h("textarea", {
      id: "patterns",
      class: "control code",
      rows: 2,
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      dir: "ltr",
      "aria-describedby": "patterns-about patterns-wrong",
      oninput: onChange,
    });
    this.#patterns.value = patterns.join("\n");
    this.#what = folded(
      t("ui.redact_what"),
      this.#group("secrets", t("ui.redact_secrets")),
      this.#group("people", t("ui.redact_people")),
      h(
        "div",
        { class: "field wide" },
        h("label", { for: "patterns" }, t("ui.redact_patterns")),
        this.#patterns,
        h("p", { id: "patterns-about", class: "about one" }, t("ui.redact_patterns_about")),
        this.#wrong,
      ),
    );
    const modes = MODES.map((one) => [one, t(`ui.redact_${one}`)] as const);
    const chosen = select(t("ui.redact_mode"), modes, mode, (value) => {
      this.#mode = MODES.find((one) => one === value) ?? "off";
      this.#tell();
      onChange();
    });
    this.root = fieldset(t("ui.redact"), chosen, this.#about, this.#what);
    this.#tell();
  }

  value(): Hiding {
    const patterns = this.#patterns.value.split("\n").map((line) => line.replace(/\r$/, ""));
    const kinds = LOOKED_FOR.map(({ kind }) => kind).filter((kind) => this.#kinds.has(kind));
    return { mode: this.#mode, kinds, patterns: patterns.filter((line) => line !== "") };
  }

  /** Show what is wrong with a pattern; null when nothing is. */
  wrong(failure: Failure | "slow" | null): void {
    this.#patterns.setAttribute("aria-invalid", String(failure !== null));
    if (failure === null) {
      fill(this.#wrong);
      return;
    }
    const { t } = this.#words;
    const text = failure === "slow" ? t("ui.redact_slow_pattern") : t("ui.redact_wrong_pattern", { ...failure.params, number: this.#line(failure) });
    if (this.#wrong.textContent !== text) fill(this.#wrong, text);
    this.#what.open = true;
    this.#wrong.scrollIntoView({ block: "nearest" });
  }

  /** The line of the pattern that is wrong: empty lines are none. */
  #line({ params }: Failure): number {
    const lines = this.#patterns.value.split("\n").flatMap((line, index) => (line === "" ? [] : [index + 1]));
    return lines[Number(params["number"]) - 1] ?? 1;
  }

  #tell(): void {
    fill(this.#about, this.#words.t(`ui.redact_about_${this.#mode}`));
    this.#what.hidden = this.#mode === "off";
  }

  #group(group: "secrets" | "people", name: string): HTMLElement {
    const { t } = this.#words;
    const kinds = LOOKED_FOR.filter((one) => one.group === group);
    return h(
      "div",
      { role: "group", class: "roles", "aria-label": name },
      h("span", { class: "caption", "aria-hidden": "true" }, name),
      ...kinds.map(({ kind }) =>
        checkbox(t(kindKey(kind)), this.#kinds.has(kind), (checked) => {
          if (checked) this.#kinds.add(kind);
          else this.#kinds.delete(kind);
          this.#onChange();
        }),
      ),
    );
  }
}
