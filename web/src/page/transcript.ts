/** A session's messages, however many: in slices that load as they come near the eye, and leave again when far from it. */
import { fill, h } from "../dom.ts";
import type { MessagePage } from "./api.ts";
import type { App } from "./app.ts";
import { failurePanel } from "./failure.ts";
import { jumpBar, type JumpBar } from "./jump-bar.ts";
import { renderMessage } from "./message.ts";
import type { Message } from "./model.ts";
import { runsOf } from "./runs.ts";

/** Messages fetched and drawn together. */
const SLICE = 25;
/** A guess until a slice has been drawn; afterwards the mean of those that were. */
const GUESSED_HEIGHT_PX = 110;
/** How near the viewport a slice is drawn, and how far from it one is dropped. */
const NEAR = "1500px 0px";
const FAR = "9000px 0px";
/** A slice that only flies past is not worth a request. */
const SETTLE_MS = 90;
/** Fewer messages than this need no bar to jump with. */
const JUMP_FROM = 60;

interface Slice {
  root: HTMLElement;
  /** The place of its first message among those that are shown, counted from 0. */
  from: number;
  /** The message numbers that it shows, in their order. */
  numbers: readonly number[];
  state: "empty" | "loading" | "drawn" | "failed";
  timer?: ReturnType<typeof setTimeout>;
  loading?: AbortController;
}

/** Gives some messages by number, at most 200; the first is 1, both ends are included. */
export type GetMessages = (from: number, to: number, signal: AbortSignal) => Promise<MessagePage>;

export class Transcript {
  readonly root: HTMLElement;
  readonly #feed: HTMLElement;
  readonly #app: App;
  readonly #get: GetMessages;
  readonly #numbers: readonly number[];
  readonly #slices: Slice[] = [];
  readonly #bySlot = new Map<Element, Slice>();
  readonly #near = new IntersectionObserver((entries) => { this.#onNear(entries); }, { rootMargin: NEAR });
  readonly #far = new IntersectionObserver((entries) => { this.#onFar(entries); }, { rootMargin: FAR });
  readonly #jump: JumpBar | null;
  readonly #leaving = new AbortController();
  #drawnHeight = 0;
  #drawnMessages = 0;

  /** @param numbers - The numbers of the messages to show, the first message being 1. `count` is how many there are. */
  constructor(app: App, get: GetMessages, numbers: readonly number[], count: number) {
    this.#app = app;
    this.#get = get;
    this.#numbers = numbers;
    for (let from = 0; from < numbers.length; from += SLICE) {
      const root = h("div", { class: "slice" });
      const slice: Slice = { root, from, numbers: numbers.slice(from, from + SLICE), state: "empty" };
      this.#slices.push(slice);
      this.#bySlot.set(root, slice);
    }
    this.#jump = numbers.length >= JUMP_FROM ? jumpBar(app.words, count, (number) => void this.#goTo(number)) : null;
    this.#feed = h("div", { role: "feed", class: "feed", "aria-label": app.words.t("ui.messages") }, ...this.#slices.map(({ root }) => root));
    this.root = h("div", {}, this.#feed, this.#jump?.root);
  }

  /** Begin to load; the root is in the document by now. */
  start(): void {
    this.#reserve();
    this.#sayBusy();
    for (const { root } of this.#slices) {
      this.#near.observe(root);
      this.#far.observe(root);
    }
    if (this.#jump === null) return;
    let waiting = false;
    addEventListener(
      "scroll",
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          this.#jump?.show(this.#topmost());
        });
      },
      { passive: true, signal: this.#leaving.signal },
    );
  }

  leave(): void {
    this.#leaving.abort();
    this.#near.disconnect();
    this.#far.disconnect();
    for (const slice of this.#slices) this.#drop(slice);
  }

  #onNear(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const slice = this.#bySlot.get(target);
      if (slice === undefined) continue;
      clearTimeout(slice.timer);
      if (isIntersecting && slice.state === "empty") slice.timer = setTimeout(() => void this.#load(slice), SETTLE_MS);
    }
  }

  #onFar(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const slice = this.#bySlot.get(target);
      if (slice !== undefined && !isIntersecting && !slice.root.contains(document.activeElement)) this.#drop(slice);
    }
  }

  async #load(slice: Slice): Promise<void> {
    if (slice.state === "loading" || slice.state === "drawn") return;
    slice.state = "loading";
    slice.loading = new AbortController();
    const { signal } = slice.loading;
    this.#sayBusy();
    try {
      const messages = await this.#fetch(slice.numbers, signal);
      const drawn = slice.numbers.flatMap((number, index) => {
        const message = messages.get(number);
        if (message === undefined) return [];
        const article = renderMessage(message, this.#app.words);
        article.id = `message-${number}`;
        article.setAttribute("aria-posinset", String(slice.from + index + 1));
        article.setAttribute("aria-setsize", String(this.#numbers.length));
        return [article];
      });
      slice.root.style.removeProperty("min-height");
      fill(slice.root, ...drawn);
      slice.state = "drawn";
      this.#measure(slice);
    } catch (error) {
      if (signal.aborted) return;
      slice.state = "failed";
      // A feed holds articles, this one too.
      fill(slice.root, h("article", { tabindex: -1 }, failurePanel(this.#app, error, () => void this.#load(slice))));
    } finally {
      this.#sayBusy();
    }
  }

  async #fetch(numbers: readonly number[], signal: AbortSignal): Promise<Map<number, Message>> {
    const found = new Map<number, Message>();
    const pages = runsOf(numbers).map(async ({ from, to }) => {
      const { messages } = await this.#get(from, to, signal);
      for (const [index, message] of messages.entries()) found.set(from + index, message);
    });
    await Promise.all(pages);
    return found;
  }

  #drop(slice: Slice): void {
    clearTimeout(slice.timer);
    slice.loading?.abort();
    if (slice.state === "empty") return;
    const height = slice.root.getBoundingClientRect().height;
    slice.state = "empty";
    slice.root.style.minHeight = `${height}px`;
    fill(slice.root);
    this.#sayBusy();
  }

  /** While messages are on their way, what is there is not all there is. */
  #sayBusy(): void {
    const busy = this.#slices.some(({ state }) => state === "loading") || !this.#slices.some(({ state }) => state === "drawn");
    this.#feed.setAttribute("aria-busy", String(busy));
  }

  /** Learn from a drawn slice how high messages are, so that the scroll bar tells the truth about the rest. */
  #measure(slice: Slice): void {
    this.#drawnHeight += slice.root.getBoundingClientRect().height;
    this.#drawnMessages += slice.numbers.length;
    if (this.#drawnMessages <= SLICE) this.#reserve();
  }

  #reserve(): void {
    const each = this.#drawnMessages === 0 ? GUESSED_HEIGHT_PX : this.#drawnHeight / this.#drawnMessages;
    for (const { root, numbers, state } of this.#slices) {
      if (state === "empty" || state === "loading") root.style.minHeight = `${Math.round(each * numbers.length)}px`;
    }
  }

  /** Go to a message; where it is not shown, to the next one that is. */
  async #goTo(number: number): Promise<void> {
    const place = this.#numbers.findIndex((each) => each >= number);
    const shown = this.#numbers.at(place) ?? 1;
    const slice = this.#slices.at(place === -1 ? -1 : Math.floor(place / SLICE));
    if (slice === undefined) return;
    slice.root.scrollIntoView({ block: "start" });
    await this.#load(slice);
    const article = document.getElementById(`message-${shown}`);
    if (article === null) return;
    article.scrollIntoView({ block: "start" });
    // What stands above gets its true height only now that it is near: settle once more.
    requestAnimationFrame(() => {
      article.scrollIntoView({ block: "start" });
      article.focus({ preventScroll: true });
    });
  }

  /** The number of the message at the top. */
  #topmost(): number {
    const line = this.#jump?.offset() ?? 0;
    const last = this.#numbers.length - 1;
    // At the very end the last message is the one that was looked for, however far below the top it stands.
    if (scrollY + innerHeight >= document.documentElement.scrollHeight - 2) return this.#numbers[last] ?? 1;
    const slice = this.#slices.findLast(({ root }) => root.getBoundingClientRect().top <= line) ?? this.#slices[0];
    if (slice === undefined) return 1;
    const { top, height } = slice.root.getBoundingClientRect();
    const within =
      slice.state === "drawn"
        ? [...slice.root.children].findLastIndex((article) => article.getBoundingClientRect().top <= line)
        : Math.floor(((line - top) / height) * slice.numbers.length);
    return this.#numbers[Math.min(slice.from + Math.max(0, within), last)] ?? 1;
  }
}
