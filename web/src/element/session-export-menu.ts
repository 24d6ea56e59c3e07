/** `<session-export-menu>`: the overflow button of a session's header, and the export behind it. Importing this has no side effect. */
import { h, icon } from "../dom.ts";
import type { Engine } from "../engine/client.ts";
import type { Selection } from "../engine/protocol.ts";
import type { Token } from "../http.ts";
import { bindContext } from "./context.ts";
import { acquireEngine, releaseEngines } from "./engines.ts";
import { Exporting } from "./exporting.ts";
import type { Format } from "./formats.ts";
import { STORAGE_KEY, type ExportNow } from "./host.ts";
import { ICONS } from "./icons.ts";
import { Menu } from "./menu.ts";
import type { Payload } from "./payload.ts";
import type { Point } from "./point.ts";
import type { Opened } from "./session-file.ts";
import { sheetOf, STYLE } from "./styles.ts";
import { languageOf, wordsFor, type Words } from "./words.ts";

export * from "./events.ts";
export type { ExportNow, Format, Opened, Payload, Selection, Token };

// So that a server may import this module: there, nothing is ever constructed.
const Base = (globalThis as Partial<typeof globalThis>).HTMLElement ?? (Object as unknown as typeof HTMLElement);

// In a variable, because a bundler would take the literal for a file to copy.
const ENGINE_FOLDER = "../engine/";

const ATTRIBUTES = ["session-id", "endpoint", "storage-key", "engine", "label", "for", "keyshortcuts", "lang"] as const;

/**
 * The export menu of one session.
 *
 * @tagname session-export-menu
 * @attr {string} session-id - The session that the function knows by this id.
 * @attr {string} endpoint - The base to which `/api/…` is added; the page's own origin when absent.
 * @attr {string} storage-key - Where the last format is remembered, beside it the options and what is hidden; `hapi.sessionExportFormat` when absent.
 * @attr {string} kinds - What to offer, apart by spaces: `session`, `analytics`, `settings`, `recording`, `diff`; all when absent.
 * @attr {string} engine - The folder of the engine's files; `../engine/` beside this module when absent.
 * @attr {string} label - The button's accessible name; "More actions" when absent.
 * @attr {string} keyshortcuts - The keys by which the host opens or copies, as `aria-keyshortcuts` of the button.
 * @attr {string} for - The id of an element whose context menu this is too, a row of a list.
 * @fires {ExportStartEvent} export-start - An export has begun.
 * @fires {ExportProgressEvent} export-progress - Bytes have arrived, or messages are written.
 * @fires {ExportDoneEvent} export-done - A file was handed to the browser; once per file of an export in parts.
 * @fires {ExportErrorEvent} export-error - An export failed; stopping one is no failure.
 * @fires {ExportSignInEvent} export-sign-in - The person wants to sign in again; `preventDefault()` says that the host does it.
 * @slot icon - Instead of the three dots.
 * @slot label - Visible words beside the icon.
 * @csspart button - The overflow button.
 * @csspart menu - The menu.
 * @csspart dialog - The dialog.
 * @csspart toast - The short message.
 * @cssprop --session-export-accent - The one accent colour.
 * @cssprop --session-export-on-accent - Text on the accent colour.
 * @cssprop --session-export-surface - The background of menu, dialog and toast.
 * @cssprop --session-export-text - Text.
 * @cssprop --session-export-muted - Secondary text.
 * @cssprop --session-export-border - Lines.
 * @cssprop --session-export-danger - Errors.
 * @cssprop --session-export-radius - The corner radius of the dialog; smaller things follow it.
 * @cssprop --session-export-font - The font family; inherited when absent.
 */
export class SessionExportMenu extends Base {
  static readonly observedAttributes: readonly string[] = ATTRIBUTES;

  /** Register the element, under another name or in another registry if asked. */
  static define(tag = "session-export-menu", registry: CustomElementRegistry = customElements): typeof SessionExportMenu {
    registry.define(tag, this);
    return this;
  }

  /** A token for the function, or a function that gives one; asked again with `refresh: true` when one was refused. */
  token: Token | undefined = undefined;
  /** The session itself, for a host without a function: an object, its JSON text or bytes, or a function that gives one. */
  payload: Payload | null = null;
  /** Several sessions that the function knows: all of them become one file. */
  sessionIds: readonly string[] | null = null;
  /** What all sessions took that the function knows, in place of what was said in one: tables and reports of it. */
  usage = false;
  /** Sessions of files that are open in the engine, of which several become one file. */
  opened: Opened | null = null;
  /** What of the session the dialog starts from, and what is copied: a filter, a range, an order; null is all of it. */
  selection: Selection | null = null;

  #button: HTMLButtonElement | null = null;
  #menu: Menu | null = null;
  #unbind: (() => void) | null = null;
  readonly #exporting = new Exporting(this.#host());

  get sessionId(): string {
    return this.getAttribute("session-id") ?? "";
  }
  set sessionId(value: string) {
    this.setAttribute("session-id", value);
  }

  get endpoint(): string {
    return this.getAttribute("endpoint") ?? "";
  }
  set endpoint(value: string) {
    this.setAttribute("endpoint", value);
  }

  get storageKey(): string {
    return this.getAttribute("storage-key") ?? STORAGE_KEY;
  }
  set storageKey(value: string) {
    this.setAttribute("storage-key", value);
  }

  /** The kinds of formats that the dialog offers; null is all. */
  get kinds(): readonly string[] | null {
    return this.getAttribute("kinds")?.match(/\S+/g) ?? null;
  }
  set kinds(kinds: readonly string[] | null) {
    this.setAttribute("kinds", kinds?.join(" ") ?? "");
  }

  /** The folder of the engine's files, absolute. A query (`engine/?v=2`) goes to the worker's address: a version of one's own. */
  get engine(): string {
    const given = this.getAttribute("engine");
    if (given === null) return new URL(ENGINE_FOLDER, import.meta.url).href;
    const url = new URL(given, this.baseURI);
    if (!url.pathname.endsWith("/")) url.pathname += "/";
    return url.href;
  }
  set engine(value: string) {
    this.setAttribute("engine", value);
  }

  get label(): string {
    return this.getAttribute("label") ?? "";
  }
  set label(value: string) {
    this.setAttribute("label", value);
  }

  connectedCallback(): void {
    this.#build();
    this.#bind();
    addEventListener("pagehide", this.#exporting.stop);
  }

  disconnectedCallback(): void {
    removeEventListener("pagehide", this.#exporting.stop);
    this.#unbind?.();
    this.#unbind = null;
    this.#menu?.close(false);
    this.#exporting.close();
    releaseEngines(this);
  }

  attributeChangedCallback(name: (typeof ATTRIBUTES)[number], before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === "for") this.#bind();
    if (name === "label" || name === "keyshortcuts" || name === "lang") this.#name();
  }

  /** Whether its dialog is open or an export runs: a host should not reload its page now. */
  get busy(): boolean {
    return this.#exporting.busy;
  }

  /** Open the dialog, with a format chosen or the one that was used last. */
  open(format?: Format): void {
    this.#build();
    this.#prepare();
    void this.#exporting.open(format);
  }

  /** Start the engine: call it where something shows that an export is meant. The menu does so by itself. */
  prepare(): void {
    this.#prepare();
  }

  /** Open the menu below its button, or at a point of the viewport. */
  openMenu(at: Point | null = null): void {
    this.#build();
    this.#menu?.open(this.#words, at);
  }

  /** Put the session, or what `selection` takes of it, on the clipboard as Markdown. Call it from a click: the clipboard asks for one. */
  async copyMarkdown(): Promise<void> {
    this.#build();
    await this.#exporting.copyMarkdown();
  }

  /** Export without a dialog, and save the file. Call it from a click or a key: browsers may ask for one. */
  async exportNow(request: ExportNow): Promise<void> {
    this.#build();
    await this.#exporting.now({ selection: this.selection, ...request });
  }

  /**
   * The numbers of the messages that a selection takes, in the order to show them; hidden messages have none.
   *
   * @throws EngineError `invalid_filter`, with the place in `params.position`; HttpError; a DOMException AbortError.
   */
  async selectMessages(selection: Selection, { signal }: { signal: AbortSignal }): Promise<number[]> {
    return this.#exporting.select(selection, signal);
  }

  get #words(): Words {
    return wordsFor(languageOf(this));
  }

  #build(): void {
    if (this.#button !== null) {
      this.#name();
      return;
    }
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheetOf(STYLE)];
    const label = h("slot", { name: "label", onslotchange: this.#name });
    const button = h("button", { type: "button", part: "button", class: "trigger" }, h("slot", { name: "icon" }, icon(ICONS.more)), label);
    const menu = new Menu(
      button,
      [
        { label: "ui.export", icon: ICONS.download, act: () => { this.open(); } },
        { label: "ui.copy", icon: ICONS.copy, act: () => void this.copyMarkdown() },
      ],
      this.#prepare,
    );
    // The first sign of intent: the engine starts while the hand is still on its way.
    button.addEventListener("pointerenter", this.#prepare);
    // The page's language may have changed since the button was named.
    button.addEventListener("pointerenter", this.#name);
    button.addEventListener("focus", this.#name);
    button.addEventListener("click", () => {
      if (menu.isOpen) menu.close(true);
      else menu.open(this.#words);
    });
    button.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
      event.preventDefault();
      menu.open(this.#words, null, event.key === "ArrowUp" ? -1 : 0);
    });
    this.#button = button;
    this.#menu = menu;
    root.append(button, menu.root);
    this.#name();
  }

  // Words of the host's own, slotted in, name the button by themselves.
  readonly #name = (): void => {
    const slotted = this.querySelector(":scope > [slot=label]") !== null && this.label === "";
    const name = slotted ? null : this.label === "" ? this.#words.t("ui.actions") : this.label;
    for (const [attribute, value] of [["aria-keyshortcuts", this.getAttribute("keyshortcuts")], ["aria-label", name], ["title", name]] as const) {
      if (value === null) this.#button?.removeAttribute(attribute);
      else this.#button?.setAttribute(attribute, value);
    }
  };

  #bind(): void {
    this.#unbind?.();
    const id = this.getAttribute("for");
    const root = this.getRootNode();
    const target = id !== null && (root instanceof Document || root instanceof ShadowRoot) ? root.getElementById(id) : null;
    this.#unbind = target === null ? null : bindContext(target, (at) => { this.openMenu(at); });
  }

  readonly #prepare = (): void => {
    this.#engine.prepare();
    this.#exporting.prepare();
  };

  get #engine(): Engine {
    return acquireEngine(new URL(this.engine), this);
  }

  #host(): ConstructorParameters<typeof Exporting>[0] {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- getters of an object literal have a `this` of their own
    const element = this;
    return {
      get words() {
        return element.#words;
      },
      get storageKey() {
        return element.storageKey;
      },
      get source() {
        const { payload, endpoint, sessionId, token, sessionIds, usage, opened } = element;
        return { engine: element.#engine, payload, origin: { endpoint, sessionId, token }, sessionIds, usage, opened };
      },
      get kinds() {
        return element.kinds;
      },
      get button() {
        return element.#button;
      },
      get selection() {
        return element.selection;
      },
      append: (part) => {
        this.shadowRoot?.append(part);
      },
      dispatchEvent: (event) => this.dispatchEvent(event),
    };
  }
}
