/**
 * An exported page in a frame of its own, where no script ever runs: the frame's sandbox allows none. The page's style goes in as a
 * constructed sheet, which needs no exception in a host's Content-Security-Policy.
 */
import { h } from "../dom.ts";

export class PageFrame {
  readonly root: HTMLIFrameElement;
  #waiting: string | null = null;
  #ready = false;

  constructor(title: string) {
    // Without allow-scripts; allow-same-origin lets this page fill it.
    this.root = h("iframe", { class: "sheet page", title, sandbox: "allow-same-origin", hidden: true });
    this.root.addEventListener("load", () => {
      this.#ready = true;
      // Of the document and not of its body, which is replaced with every look. A key on a link comes as a click too.
      for (const type of ["click", "auxclick"]) this.root.contentDocument?.addEventListener(type, stay);
      if (this.#waiting !== null) this.show(this.#waiting);
    });
  }

  show(html: string): void {
    const frame = this.root.contentDocument;
    const view = this.root.contentWindow as (Window & typeof globalThis) | null;
    // A frame that is not in the document yet has none, and loads when it gets there.
    if (frame === null || view === null || !this.#ready) {
      this.#waiting = html;
      return;
    }
    this.#waiting = null;
    const { style, rest } = apart(html);
    const page = new DOMParser().parseFromString(rest, "text/html");
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(style);
    for (const element of page.querySelectorAll("script, style, meta, link, base")) element.remove();
    const scrolled = frame.scrollingElement?.scrollTop ?? 0;
    for (const { name, value } of page.documentElement.attributes) frame.documentElement.setAttribute(name, value);
    for (const link of page.querySelectorAll("a[href], area[href]")) tie(link);
    frame.adoptedStyleSheets = [sheet];
    frame.body.replaceWith(frame.importNode(page.body, true));
    // Without a document type the body scrolls, which is another one now.
    frame.scrollingElement?.scrollTo(0, scrolled);
  }
}

/** A link leads to its place in the page, and nowhere else: what was said in a session must not fetch anything, or take the page's place. */
function stay(event: Event): void {
  // Of another realm: `instanceof` would know none of its classes.
  const link = (event.target as Element).closest("a[href], area[href]");
  if (link === null) return;
  event.preventDefault();
  const id = idIn(link.getAttribute("href") ?? "");
  const target = id === null ? null : link.ownerDocument.getElementById(id);
  target?.scrollIntoView();
  target?.focus({ preventScroll: true });
}

/** The same for a browser that calls no listener where no script may run: a place of this very document, and a window that the sandbox does not open. */
function tie(link: Element): void {
  const href = link.getAttribute("href") ?? "";
  if (idIn(href) === null) link.setAttribute("target", "_blank");
  else link.setAttribute("href", `about:blank${href}`);
}

function idIn(href: string): string | null {
  const at = href.replace(/^about:blank/, "");
  return at.startsWith("#") ? decoded(at.slice(1)) : null;
}

/** Broken escapes are letters, as the browser itself takes them. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** The page's style, and the page without it: even parsing a style element would be reported against the host's policy. */
function apart(html: string): { style: string; rest: string } {
  // The first is the page's own: nothing that people wrote comes before it, and in what they wrote < is escaped.
  // Where the text is cut within it, the rest of the style is missing, and so is everything after it.
  const match = /<style[^>]*>([^]*?)(?:<\/style>|$)/.exec(html);
  if (match === null) return { style: "", rest: html };
  return { style: match[1] ?? "", rest: html.slice(0, match.index) + html.slice(match.index + match[0].length) };
}
