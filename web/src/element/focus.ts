/** Where the focus is, and how it gets back there. */

/** What has the focus, through shadow roots; null where nothing has. */
export function focused(): HTMLElement | null {
  let active = document.activeElement;
  for (let inner = active; inner; inner = inner.shadowRoot?.activeElement ?? null) active = inner;
  return active instanceof HTMLElement && active !== document.body ? active : null;
}

/** Give the focus back to what had it; where that is gone, to what stands in for it. */
export function giveBack(before: HTMLElement | null, instead: HTMLElement | null): void {
  (before?.isConnected === true ? before : instead)?.focus({ preventScroll: true });
}
