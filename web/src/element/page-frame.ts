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
    const { scrollTop } = frame.documentElement;
    for (const { name, value } of page.documentElement.attributes) frame.documentElement.setAttribute(name, value);
    frame.adoptedStyleSheets = [sheet];
    frame.body.replaceWith(frame.importNode(page.body, true));
    frame.documentElement.scrollTop = scrollTop;
  }
}

/** The page's style, and the page without it: even parsing a style element would be reported against the host's policy. */
function apart(html: string): { style: string; rest: string } {
  // The first is the page's own: nothing that people wrote comes before it, and in what they wrote < is escaped.
  const match = /<style[^>]*>([^]*?)<\/style>/.exec(html);
  if (match === null) return { style: "", rest: html };
  return { style: match[1] ?? "", rest: html.slice(0, match.index) + html.slice(match.index + match[0].length) };
}
