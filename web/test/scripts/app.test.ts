import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { appManifest } from "../../scripts/app-manifest.ts";
import { partOf } from "../../scripts/engine-parts.ts";
import { variant } from "../../scripts/icons.ts";

const FAVICON = readFileSync(new URL("../../public/favicon.svg", import.meta.url), "utf8");
const SCREENSHOTS = new URL("../../public/screenshots/", import.meta.url);

describe("the manifest", () => {
  const manifest = JSON.parse(JSON.stringify(appManifest("en", (key) => key))) as Record<string, unknown> & { screenshots: { src: string; sizes: string }[] };

  it("has no address that would leave the folder it lies in", () => {
    const addresses = [...JSON.stringify(manifest).matchAll(/"(?:src|url|action|start_url|scope|id)":"([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.length).toBeGreaterThan(10);
    for (const address of addresses) expect(new URL(address ?? "", "https://host.example/a/b/manifest.webmanifest").href).toMatch(/^https:\/\/host\.example\/a\/b\//);
  });

  it("names screenshots that are there, in the size that they have", () => {
    expect(readdirSync(SCREENSHOTS).toSorted()).toEqual(["narrow.png", "wide.png"]);
    for (const { src, sizes } of manifest.screenshots) {
      const png = readFileSync(new URL(src.replace("./screenshots/", ""), SCREENSHOTS));
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`).toBe(sizes);
    }
  });
});

describe("an icon", () => {
  it("is cut to no shape where the launcher does that, and has no colour where it gives its own", () => {
    expect(variant(FAVICON, "any")).toContain('rx="8"');
    expect(variant(FAVICON, "maskable")).toMatch(/<rect width="32" height="32"\/>/);
    expect(variant(FAVICON, "monochrome")).not.toMatch(/<rect|#fff/);
  });

  it("is the same in both schemes: a launcher's ground does not follow the page", () => {
    for (const purpose of ["any", "maskable", "monochrome"] as const) expect(variant(FAVICON, purpose)).not.toContain("@media");
  });

  it("fails where its source has changed, rather than being drawn wrong", () => {
    expect(() => variant("<svg/>", "maskable")).toThrow("source has changed");
  });
});

describe("a file of the engine", () => {
  it.each([
    ["pyodide-1.2.3-a1/pyodide.asm.wasm", "engine"],
    ["core-a1.zip", "engine"],
    ["_core-a1.so", "engine"],
    ["parts-a1/micropip-0.1.whl", "engine"],
    ["parts-a1/pygments-2.whl", "html"],
    ["parts-a1/tzdata-1.whl", "zones"],
    ["_typst-a1.so", "pdf"],
    ["fonts/base/text-regular-a1.ttf", "pdf"],
    ["fonts/sc/sc-regular-a1.ttf", "fonts"],
    ["video.js", "video"],
    ["worker.js", null],
    ["parts-a1/pyodide-lock.json", null],
  ])("%s belongs to %s", (path, part) => {
    expect(partOf(path)).toBe(part);
  });

  it("that no part knows stops the build: offline, it would be missing", () => {
    expect(() => partOf("parts-a1/fonts-1.whl")).toThrow("engine-parts.ts");
  });
});
