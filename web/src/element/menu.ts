/** The overflow menu: arrow keys rove, Escape closes, and it stays inside the viewport wherever it is opened. */
import { h, icon } from "../dom.ts";
import { focused, giveBack } from "./focus.ts";
import { lower, popoverMode, raise } from "./layer.ts";
import type { Point } from "./point.ts";
import type { Key, Words } from "./words.ts";

interface Item {
  label: Key;
  icon: string;
  act: () => void;
}

/** Kept free between the menu and the viewport's edges. */
const EDGE_PX = 8;

export class Menu {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #items: readonly Item[];
  readonly #onOpen: () => void;
  #open = false;
  /** What had the focus before, and gets it back. */
  #before: HTMLElement | null = null;

  constructor(button: HTMLButtonElement, items: readonly Item[], onOpen: () => void) {
    this.#button = button;
    this.#items = items;
    this.#onOpen = onOpen;
    // No light dismiss of the browser's: it would close what a context menu's own press has just opened.
    this.root = h("div", {
      id: "menu",
      part: "menu",
      role: "menu",
      popover: popoverMode(),
      class: "menu",
      hidden: true,
      onkeydown: (event) => {
        this.#onKey(event as KeyboardEvent);
      },
      onfocusout: (event) => {
        const to = (event as FocusEvent).relatedTarget;
        if (to instanceof Node && !this.root.contains(to)) this.close(false);
      },
    });
    button.setAttribute("aria-haspopup", "menu");
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", "menu");
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Open at a point (a context menu's), else below the button. `focus` is which item gets the focus, -1 being the last. */
  open(words: Words, at: Point | null = null, focus = 0): void {
    if (this.#open) this.close(false);
    this.#before = focused();
    this.root.setAttribute("aria-label", words.t("ui.actions"));
    this.root.replaceChildren(...this.#items.map((item) => this.#render(item, words)));
    raise(this.root);
    this.#open = true;
    this.#button.setAttribute("aria-expanded", "true");
    this.#place(at);
    this.#focus(focus);
    document.addEventListener("pointerdown", this.#onOutside, { capture: true });
    addEventListener("resize", this.#onLeave);
    addEventListener("scroll", this.#onLeave, { capture: true, passive: true });
    addEventListener("blur", this.#onLeave);
    this.#onOpen();
  }

  close(returnFocus: boolean): void {
    if (!this.#open) return;
    this.#open = false;
    document.removeEventListener("pointerdown", this.#onOutside, { capture: true });
    removeEventListener("resize", this.#onLeave);
    removeEventListener("scroll", this.#onLeave, { capture: true });
    removeEventListener("blur", this.#onLeave);
    lower(this.root);
    this.#button.setAttribute("aria-expanded", "false");
    if (returnFocus) giveBack(this.#before, this.#button);
  }

  #render(item: Item, words: Words): HTMLElement {
    return h(
      "button",
      {
        type: "button",
        role: "menuitem",
        tabindex: -1,
        class: "item",
        onclick: () => {
          this.close(true);
          item.act();
        },
        onpointermove: (event) => {
          (event.currentTarget as HTMLElement).focus({ preventScroll: true });
        },
      },
      icon(item.icon),
      words.t(item.label),
    );
  }

  #onKey(event: KeyboardEvent): void {
    const items = [...this.root.querySelectorAll<HTMLElement>("[role=menuitem]")];
    const at = items.findIndex((item) => item.matches(":focus"));
    const typed = event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && event.key !== " ";
    if (event.key === "ArrowDown") this.#focus((at + 1) % items.length);
    else if (event.key === "ArrowUp") this.#focus(at <= 0 ? -1 : at - 1);
    else if (event.key === "Home") this.#focus(0);
    else if (event.key === "End") this.#focus(-1);
    else if (event.key === "Escape") this.close(true);
    else if (event.key === "Tab") {
      // The focus goes on from the button, as if the menu had not been there.
      this.close(true);
      return;
    } else if (typed) this.#focusByLetter(items, at, event.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #focusByLetter(items: readonly HTMLElement[], at: number, letter: string): void {
    const wanted = letter.toLocaleLowerCase();
    const order = [...items.slice(at + 1), ...items.slice(0, at + 1)];
    order.find((item) => item.textContent.trim().toLocaleLowerCase().startsWith(wanted))?.focus();
  }

  #focus(index: number): void {
    const items = [...this.root.querySelectorAll<HTMLElement>("[role=menuitem]")];
    items.at(index)?.focus({ preventScroll: true });
  }

  #place(at: Point | null): void {
    const menu = this.root.getBoundingClientRect();
    const button = this.#button.getBoundingClientRect();
    const rightToLeft = getComputedStyle(this.root).direction === "rtl";
    let left = at?.x ?? (rightToLeft ? button.left : button.right - menu.width);
    let top = at?.y ?? button.bottom + 4;
    if (at !== null && rightToLeft) left -= menu.width;
    // No room below: above the button, or above the point.
    if (top + menu.height > innerHeight - EDGE_PX) top = (at?.y ?? button.top - 4) - menu.height;
    const clamp = (value: number, size: number, room: number): number => Math.max(EDGE_PX, Math.min(value, room - size - EDGE_PX));
    this.root.style.left = `${clamp(left, menu.width, document.documentElement.clientWidth)}px`;
    this.root.style.top = `${clamp(top, menu.height, innerHeight)}px`;
  }

  readonly #onOutside = (event: Event): void => {
    const path = event.composedPath();
    if (!path.includes(this.root) && !path.includes(this.#button)) this.close(false);
  };

  readonly #onLeave = (event: Event): void => {
    if (event.type !== "scroll" || event.target !== this.root) this.close(false);
  };
}
