/** What is said of a line: what is wrong with it and where, over the page below it; or what it would do, beside it. */
import { fill, h, icon } from "../../dom.ts";
import { ICONS } from "../icons.ts";
import { excerpt, type LineError } from "./place.ts";

export interface Verdict {
  error: LineError | null;
  /** What the line would do, where nothing is wrong. */
  hint: string;
}

export class Said {
  readonly alert = h("div", { id: "line-error", role: "alert", class: "line-alert" });
  readonly hint = h("p", { id: "line-hint", role: "status", class: "line-hint" });
  /** The ids for `aria-describedby`. */
  readonly ids = `${this.alert.id} ${this.hint.id}`;
  #last = "";

  tell({ error, hint }: Verdict, line: string): void {
    if (this.hint.textContent !== hint) this.hint.textContent = hint;
    // The same sentence is not said twice.
    const now = error === null ? "" : JSON.stringify([error, line]);
    if (now === this.#last) return;
    this.#last = now;
    fill(this.alert, error !== null && errorLine(error, line));
  }
}

/** The sentence, and the line with the place marked, which the sentence names for those who do not see it. */
function errorLine({ message, place }: LineError, line: string): HTMLElement {
  const [before, wrong, after] = place === null ? ["", "", ""] : excerpt(line, place);
  return h(
    "p",
    { class: "line-error" },
    icon(ICONS.alert),
    h("span", {}, message),
    place !== null && h("code", { class: "line-place", "aria-hidden": "true", dir: "ltr" }, before, h("mark", {}, wrong === "" ? " " : wrong), after),
  );
}
