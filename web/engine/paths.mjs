// Where the engine's build finds its sources and leaves its results.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = import.meta.dirname;
export const WEB = dirname(HERE);
export const REPOSITORY = dirname(WEB);
export const PYODIDE = dirname(fileURLToPath(import.meta.resolve("pyodide/package.json")));

/** The fonts of PDFs: a folder per part that is fetched by itself. */
export const FONTS = join(REPOSITORY, "py_export", "fonts");

/** What may be kept from build to build: downloads by their requirements, compressed files by their content. */
export const CACHE = join(WEB, "build", "engine");

/** The folder that is served as `engine/`. */
export const OUTPUT = process.env.ENGINE_OUTPUT ?? join(WEB, "dist", "engine");
