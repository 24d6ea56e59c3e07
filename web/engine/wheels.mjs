// The pinned wheels, fetched by pip (every file must match its hash) or built from source.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

import { CACHE, HERE, PYODIDE, REPOSITORY } from "./paths.mjs";

const run = promisify(execFile);
const WHEELS = join(HERE, "requirements.txt");
const SOURCES = join(HERE, "requirements-source.txt");

/** Return the folder that holds exactly the wheels of both requirement files; pip runs only when a pin has changed. */
export async function fetchWheels() {
  const pins = createHash("sha256").update(await readFile(WHEELS)).update(await readFile(SOURCES));
  const folder = join(CACHE, `wheels-${pins.digest("hex").slice(0, 16)}`);
  if (await exists(folder)) return folder;

  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await download(unfinished);
  await build(unfinished);
  await rename(unfinished, folder);
  return folder;
}

/** Return `{ name, version }` of every pin, names as PEP 503 has them. */
export async function readPins() {
  const text = (await readFile(WHEELS, "utf8")) + (await readFile(SOURCES, "utf8"));
  return [...text.matchAll(/^([\w.-]+)==(\S+)/gm)].map(([, name, version]) => ({ name, version }));
}

async function download(folder) {
  const { info } = JSON.parse(await readFile(join(PYODIDE, "pyodide-lock.json"), "utf8"));
  const [major, minor] = info.python.split(".");
  await pip("download", "--dest", folder, "--no-deps", "--require-hashes", "--only-binary", ":all:",
    "--implementation", "cp", "--python-version", `${major}.${minor}`, "--abi", `cp${major}${minor}`,
    "--platform", `pyemscripten_${info.abi_version}_${info.arch}`, "--requirement", WHEELS);
}

async function build(folder) {
  // A compiler that fails is how MarkupSafe is told to do without its C part. The cache could hold a wheel that has it.
  await pip("wheel", "--wheel-dir", folder, "--no-deps", "--require-hashes", "--no-build-isolation", "--no-cache-dir",
    "--no-binary", ":all:", "--requirement", SOURCES);
  const native = (await readdir(folder)).filter((file) => /markupsafe.*\.whl$/i.test(file) && !file.endsWith("-none-any.whl"));
  if (native.length > 0) throw new Error(`not built as pure Python: ${native.join(", ")}`);
}

async function pip(...args) {
  const python = process.env.PYTHON ?? join(REPOSITORY, ".venv", "bin", "python");
  const env = { ...process.env, CC: "/bin/false", SOURCE_DATE_EPOCH: "315532800" };
  await run(python, ["-m", "pip", "--quiet", "--disable-pip-version-check", ...args], { env, maxBuffer: 1 << 26 });
}

async function exists(path) {
  return access(path).then(() => true, () => false);
}
