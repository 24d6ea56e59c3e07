/** A context menu on an element of the host's: right click, Shift+F10, and a long press where the system sends none. */
import type { Point } from "./point.ts";

const LONG_PRESS_MS = 500;
/** A finger that moves further than this is scrolling. */
const SLOP_PX = 10;

/** Call `open` wherever the target's context menu is asked for; returns what undoes it. */
export function bindContext(target: HTMLElement, open: (at: Point) => void): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let start: Point = { x: 0, y: 0 };
  let pressed = false;
  const stop = (): void => {
    clearTimeout(timer);
  };

  target.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    stop();
    if (!pressed) open(event.clientX === 0 && event.clientY === 0 ? centre(target) : { x: event.clientX, y: event.clientY });
  }, { signal });
  target.addEventListener("pointerdown", (event) => {
    pressed = false;
    if (event.pointerType !== "touch") return;
    start = { x: event.clientX, y: event.clientY };
    stop();
    timer = setTimeout(() => {
      pressed = true;
      open(start);
    }, LONG_PRESS_MS);
  }, { signal });
  target.addEventListener("pointermove", (event) => {
    if (Math.hypot(event.clientX - start.x, event.clientY - start.y) > SLOP_PX) stop();
  }, { signal });
  for (const type of ["pointerup", "pointercancel", "pointerleave"] as const) target.addEventListener(type, stop, { signal });
  // The finger's lift after a long press is not a click on the row.
  target.addEventListener("click", (event) => {
    if (!pressed) return;
    pressed = false;
    event.preventDefault();
    event.stopPropagation();
  }, { signal, capture: true });
  return () => {
    stop();
    listeners.abort();
  };
}

function centre(target: HTMLElement): Point {
  const { left, top, width, height } = target.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
