/** The top layer, where the browser has it: above everything, however the host stacks and clips. Elsewhere a fixed box must do. */

/** What the `popover` attribute of such a part is; null where the browser has no top layer. "manual": it closes when we say so. */
export function popoverMode(): "manual" | null {
  return "showPopover" in HTMLElement.prototype ? "manual" : null;
}

export function raise(part: HTMLElement): void {
  part.hidden = false;
  if (part.hasAttribute("popover")) part.showPopover();
}

export function lower(part: HTMLElement): void {
  if (part.hasAttribute("popover") && part.matches(":popover-open")) part.hidePopover();
  part.hidden = true;
}
