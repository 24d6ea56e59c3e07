// Bundles a module of the tests with Vite, as the page's own build does: node bundle.mjs ENTRY FOLDER NAME [DEFINITIONS]
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const web = join(import.meta.dirname, "..", "..", "..", "web");
const { build } = await import(pathToFileURL(createRequire(join(web, "package.json")).resolve("vite")));
const [entry, outDir, name, definitions = "{}"] = process.argv.slice(2);

await build({
  configFile: false,
  root: web,
  logLevel: "error",
  define: JSON.parse(definitions),
  resolve: { alias: { pyodide: join(web, "node_modules", "pyodide", "pyodide.mjs") } },
  build: {
    outDir,
    emptyOutDir: false,
    copyPublicDir: false,
    target: "es2023",
    rolldownOptions: { external: /^(node:|ws$)/, output: { codeSplitting: false } },
    lib: { entry, formats: ["es"], fileName: () => name },
  },
});
