/** The page: `index.html` and what it needs, with addresses that work below any path. */
import { join } from "node:path";

import { defineConfig } from "vitest/config";

import { CSS_TARGET } from "./scripts/css-target.ts";
import { localeSubset } from "./scripts/locale-subset.ts";
import { pageModules } from "./scripts/page-modules.ts";

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: "public",
  plugins: [pageModules(import.meta.dirname), localeSubset([join(import.meta.dirname, "src")])],
  build: {
    outDir: "dist",
    // The engine's build and the element's write here too: `scripts/build.ts` clears what is the page's.
    emptyOutDir: false,
    assetsDir: "assets",
    // A data: address would need an exception in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2023",
    cssTarget: CSS_TARGET,
    reportCompressedSize: false,
  },
  test: { include: ["test/**/*.test.ts"], environment: "node" },
});
