/** Whether something runs that a reload would take away: an open dialog, an export, work that a part of the page has announced. */
import { dialogIsOpen } from "./typing.ts";

/** How often a page that is busy is looked at again. */
const LOOK_MS = 1000;

const works = new Set<symbol>();

/** Announce work; call what is returned when it is done. */
export function begin(): () => void {
  const work = Symbol("work");
  works.add(work);
  return () => { works.delete(work); };
}

/** Resolves when nothing of that runs. */
export async function idle(): Promise<void> {
  while (isBusy()) await new Promise((resolve) => { setTimeout(resolve, LOOK_MS); });
}

export function isBusy(): boolean {
  if (works.size > 0 || dialogIsOpen()) return true;
  return [...document.querySelectorAll("session-export-menu")].some((menu) => menu.busy);
}
