"""What becomes of the workers of a page, as the page itself sees it."""

from __future__ import annotations

OBSERVE = """
window.workers = [];
for (const kind of ["click", "keydown", "popstate", "hashchange"]) {
  addEventListener(kind, () => { window.asked = performance.now(); }, { capture: true });
}
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.seen = { wrote: 0, stopped: null };
    window.workers.push(this.seen);
    this.addEventListener("message", ({ data }) => {
      if (data.type === "progress") this.seen.wrote = data.progress.done;
      if (data.type === "aborted") this.seen.stopped ??= performance.now();
    });
  }
  terminate() {
    this.seen.stopped ??= performance.now();
    super.terminate();
  }
};
"""
"""Run before a worker is made: notes when a person last asked for something, and when each worker stopped."""
