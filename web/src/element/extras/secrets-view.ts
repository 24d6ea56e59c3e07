/** What was found, for a person to judge: by kind, each thing once, masked until it is to be seen, with a tick to hide it. */
import { fill, h } from "../../dom.ts";
import { KINDS, kindKey } from "../kinds.ts";
import { masked } from "../masked.ts";
import { sentenceOf } from "./sentence.ts";
import secretsStyle from "./secrets.css?inline";
import type { Found, Hit, Place } from "./secrets.ts";
import type { Words } from "../words.ts";

let count = 0;

export class SecretsView {
  readonly root: HTMLElement;
  readonly style = secretsStyle;
  readonly #words: Words;
  readonly #kept: Set<string>;
  readonly #title: HTMLElement;
  /** Shows or masks each of them. */
  readonly #shows: ((shown: boolean) => void)[] = [];

  constructor(words: Words, { hits, notices }: Found, kept: Set<string>, onReport: () => Promise<void>) {
    const { t } = words;
    this.#words = words;
    this.#kept = kept;
    this.#title = h("h3", { class: "found", tabindex: -1 }, t("ui.redact_found", { count: hits.length }));
    const all = h("button", { type: "button", class: "button slim", "aria-pressed": "false", onclick: () => {
      const shown = all.getAttribute("aria-pressed") !== "true";
      all.setAttribute("aria-pressed", String(shown));
      for (const show of this.#shows) show(shown);
    } }, t("ui.redact_show_all"));
    const report = h("button", { type: "button", class: "button slim", onclick: () => void onReport() }, t("ui.redact_report"));
    this.root = h(
      "section",
      { class: "secrets" },
      this.#title,
      h("p", { class: "lead" }, t("ui.redact_lead")),
      h("div", { class: "secrets-tools" }, all, report),
      ...KINDS.map(({ kind }) => {
        const own = hits.filter((hit) => hit.kind === kind);
        return own.length > 0 && this.#kind(t(kindKey(kind)), own);
      }),
      ...notices.map((notice) => h("p", { class: "about one" }, sentenceOf(notice, words))),
    );
  }

  focus(): void {
    this.#title.focus();
  }

  #kind(name: string, hits: readonly Hit[]): HTMLElement {
    const { t } = this.#words;
    const id = nextId();
    const boxes = new Map<string, HTMLInputElement>();
    const all = h("input", { type: "checkbox", id, "aria-label": t("ui.redact_all", { kind: name }), onchange: () => {
      for (const [hit, box] of boxes) {
        box.checked = all.checked;
        this.#keep(hit, !all.checked);
      }
    } });
    const tell = (): void => {
      const ticked = hits.filter((hit) => !this.#kept.has(hit.id)).length;
      all.checked = ticked === hits.length;
      all.indeterminate = ticked > 0 && ticked < hits.length;
    };
    const items = hits.map((hit) => {
      const { item, box } = this.#hit(hit, tell);
      boxes.set(hit.id, box);
      return item;
    });
    tell();
    return h(
      "fieldset",
      { class: "secrets-kind" },
      h("legend", { class: "secrets-legend" }, h("span", { class: "check" }, all, h("label", { for: id }, t("ui.redact_kind_of", { kind: name, count: hits.length })))),
      h("ul", { class: "secrets-list" }, ...items),
    );
  }

  #hit(hit: Hit, onTick: () => void): { item: HTMLElement; box: HTMLInputElement } {
    const { t } = this.#words;
    const id = nextId();
    const hidden = masked(hit.text);
    const box = h("input", { type: "checkbox", id, checked: !this.#kept.has(hit.id), "aria-describedby": `${id}-places`, onchange: () => {
      this.#keep(hit.id, !box.checked);
      onTick();
    } });
    const name = h("code", { class: "secret", dir: "auto" }, hidden);
    const places = hit.places.map((place) => placeOf(place));
    const button = h("button", { type: "button", class: "button slim", "aria-pressed": "false", "aria-label": t("ui.redact_show_one", { text: hidden }), onclick: () => {
      show(button.getAttribute("aria-pressed") !== "true");
    } }, t("ui.redact_show"));
    const show = (shown: boolean): void => {
      button.setAttribute("aria-pressed", String(shown));
      name.textContent = shown ? hit.text : hidden;
      for (const place of places) place.show(shown);
    };
    this.#shows.push(show);
    const item = h(
      "li",
      { class: "secrets-hit" },
      h("div", { class: "secrets-row" }, h("span", { class: "check" }, box, h("label", { for: id }, name)), h("span", { class: "secrets-count" }, t("ui.redact_places", { count: hit.count })), button),
      h("div", { id: `${id}-places`, class: "secrets-places" }, ...places.map(({ root }) => root)),
    );
    return { item, box };
  }

  #keep(id: string, kept: boolean): void {
    if (kept) this.#kept.add(id);
    else this.#kept.delete(id);
  }
}

/** A place, with what stands around it. */
function placeOf({ label, before, text, after }: Place): { root: HTMLElement; show: (shown: boolean) => void } {
  const mark = h("mark", { class: "secret" }, masked(text));
  const root = h("p", {}, h("span", { class: "secrets-where" }, label), " ", h("bdi", { class: "secrets-line" }, before, mark, after));
  return { root, show: (shown) => { fill(mark, shown ? text : masked(text)); } };
}

function nextId(): string {
  count += 1;
  return `secret-${count}`;
}
