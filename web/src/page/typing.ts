/** Whether a key press belongs to someone else: to a text that is being written, or to a dialog that is open. */

const TEXT = "textarea, select, [contenteditable]:not([contenteditable=false]), input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=reset], [type=file], [type=range], [type=color])";

/** Whether something is being written, in whatever shadow root; the command line itself does not count as elsewhere. */
export function typesIn(event: Event): Element | null {
  const target = event.composedPath()[0];
  const element = target instanceof Element ? target.closest(TEXT) : null;
  return element ?? (target instanceof HTMLElement && target.isContentEditable ? target : null);
}

/** Whether any dialog is open, in the page or in the shadow root of one of its elements. */
export function dialogIsOpen(root: Document | ShadowRoot = document): boolean {
  if (root.querySelector("dialog[open]") !== null) return true;
  return [...root.querySelectorAll("*")].some(({ shadowRoot }) => shadowRoot !== null && dialogIsOpen(shadowRoot));
}
