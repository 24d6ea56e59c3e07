/** What of a session to take beside a range: a filter, roles, a branch, and the order. */
import { fill, h } from "../dom.ts";
import type { Failure, Selection, SessionInfo } from "../engine/protocol.ts";
import { formatTime } from "../format.ts";
import { checkbox, folded, select } from "./fields.ts";
import { filterMark, filterSentence } from "./filter-error.ts";
import type { Words } from "./words.ts";

const ALL = "all";
const CURRENT = "current";
const OWN = "own";

export class SelectionForm {
  readonly root: HTMLDetailsElement;
  readonly #words: Words;
  readonly #onChange: () => void;
  readonly #filter: HTMLInputElement;
  readonly #wrong = h("p", { id: "filter-wrong", class: "wrong", role: "alert" });
  readonly #rest = h("div", { class: "inside" });
  #roles: ReadonlySet<string> | null = null;
  #known: readonly string[] = [];
  #branch = ALL;
  #order: Selection["order"];

  constructor(words: Words, given: Selection | null, onChange: () => void) {
    const { t } = words;
    this.#words = words;
    this.#onChange = onChange;
    this.#roles = given?.roles === undefined ? null : new Set(given.roles);
    this.#branch = given?.branch ?? ALL;
    this.#order = given?.order;
    this.#filter = h("input", {
      type: "text",
      id: "filter",
      class: "control code",
      value: given?.filter ?? "",
      placeholder: t("ui.filter_example"),
      autocomplete: "off",
      autocapitalize: "none",
      spellcheck: "false",
      "aria-describedby": "filter-wrong",
      oninput: onChange,
      onkeydown: (event) => {
        // It narrows the preview; it does not send the form.
        if ((event as KeyboardEvent).key === "Enter") event.preventDefault();
      },
    });
    this.root = folded(
      t("ui.selection"),
      h("div", { class: "field wide" }, h("label", { for: "filter" }, t("ui.filter")), this.#filter, this.#wrong),
      this.#rest,
    );
    this.root.open = given !== null && Object.keys(given).length > 0;
    this.#draw(null);
  }

  /** What the session offers, once that is known. */
  offer(session: SessionInfo): void {
    this.#draw(session);
  }

  value(): Selection {
    const filter = this.#filter.value.trim();
    const roles = this.#roles;
    return {
      ...(filter !== "" && { filter }),
      ...(roles !== null && { roles: [...roles] }),
      ...(this.#branch !== ALL && { branch: this.#branch }),
      ...(this.#order !== undefined && { order: this.#order }),
    };
  }

  /** Show what is wrong with the filter, and where; null when nothing is. */
  wrong(failure: Failure | null): void {
    this.#filter.setAttribute("aria-invalid", String(failure !== null));
    if (failure === null) {
      fill(this.#wrong);
      return;
    }
    fill(this.#wrong, h("span", {}, filterSentence(failure, this.#words)), filterMark(this.#filter.value.trim(), failure));
    this.root.open = true;
    this.#wrong.scrollIntoView({ block: "nearest" });
  }

  #draw(session: SessionInfo | null): void {
    const { t, find, locale } = this.#words;
    this.#known = session?.roles ?? [];
    const roles = this.#known.map((role) =>
      checkbox(find(`ui.role_${role}`) ?? role, this.#roles?.has(role) ?? true, (checked) => {
        this.#takeRole(role, checked);
      }),
    );
    const branches = session?.branches ?? [];
    const label = ({ at, text }: SessionInfo["branches"][number]): string =>
      [at === null ? null : formatTime(at, locale), text].filter((part) => part !== null && part !== "").join(" · ");
    fill(
      this.#rest,
      roles.length > 1 && h("div", { role: "group", class: "roles", "aria-label": t("ui.roles") }, h("span", { class: "caption", "aria-hidden": "true" }, t("ui.roles")), ...roles),
      branches.length > 0 &&
        select(
          t("ui.branch"),
          [[ALL, t("ui.branch_all")], [CURRENT, t("ui.branch_current")], ...branches.map((one) => [one.leaf, label(one)] as const)],
          this.#branch,
          (branch) => {
            this.#branch = branch;
            this.#onChange();
          },
        ),
      select(t("ui.order"), [[OWN, t("ui.order_own")], ["time", t("ui.order_time")], ["topic", t("ui.order_topic")]], this.#order ?? OWN, (order) => {
        this.#order = order === "time" || order === "topic" ? order : undefined;
        this.#onChange();
      }),
    );
  }

  #takeRole(role: string, taken: boolean): void {
    const roles = new Set(this.#roles ?? this.#known);
    if (taken) roles.add(role);
    else roles.delete(role);
    this.#roles = this.#known.every((one) => roles.has(one)) ? null : roles;
    this.#onChange();
  }
}
