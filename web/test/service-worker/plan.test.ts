import { describe, expect, it } from "vitest";

import { planOf } from "../../src/service-worker/plan.ts";

const SCOPE = "https://host.example/tools/export/";
const FILES = new Set(["", "favicon.svg", "engine/worker.js?v=1"]);

function plan(path: string, init: { method?: string; mode?: RequestMode; range?: boolean } = {}): string {
  const { method = "GET", mode = "no-cors", range = false } = init;
  const url = new URL(path, SCOPE).href;
  return planOf({ method, url, mode, headers: new Headers(range ? { range: "bytes=0-1" } : {}) }, SCOPE, FILES);
}

describe("planOf", () => {
  it.each(["api/sessions", "api/sessions/a/export?from=1", "healthz", "sw.js", "element/session-export-menu.js", "screenshots/wide.png"])("leaves %s alone", (path) => {
    expect(plan(path)).toBe("leave");
    expect(plan(path, { mode: "cors" })).toBe("leave");
    expect(plan(path, { mode: "navigate" })).toBe("leave");
    expect(plan(path, { method: "POST" })).toBe("leave");
  });

  it.each(["", "index.html", "?token=abc", "?shared=files", "#/sessions/a"])("answers a navigation to %j with the page", (path) => {
    expect(plan(path, { mode: "navigate" })).toBe("shell");
  });

  it.each(["favicon.svg", "engine/worker.js?v=1", "engine/worker.js?v=older", "assets/index-older.js", "engine/core-1a.zip"])("looks for %s on the device", (path) => {
    expect(plan(path)).toBe("kept");
  });

  it("takes in what is shared, and only by the method that shares", () => {
    expect(plan("share", { method: "POST", mode: "navigate" })).toBe("share");
    expect(plan("share", { mode: "navigate" })).toBe("leave");
  });

  it.each(["https://host.example/tools/", "https://host.example/favicon.svg", "https://host.example/tools/exports/assets/a.js", "https://other.example/tools/export/favicon.svg", "http://host.example/tools/export/favicon.svg"])(
    "leaves %s to whoever it belongs to",
    (url) => {
      expect(plan(url)).toBe("leave");
      expect(plan(url, { mode: "navigate" })).toBe("leave");
    },
  );

  it("leaves a part of a file, and what is not asked for by GET", () => {
    expect(plan("favicon.svg", { range: true })).toBe("leave");
    expect(plan("favicon.svg", { method: "HEAD" })).toBe("leave");
  });
});
