/** Which of the engine's files belong together: what every conversion needs, and what a format or an option adds. */

export interface PartRule {
  name: string;
  /** Kept on the device after the first export without being asked for. Heavy ones, of several megabytes, are not. */
  needed: boolean;
  files: RegExp;
}

export const PARTS: readonly PartRule[] = [
  { name: "engine", needed: true, files: /^(pyodide-[^/]+\/|core-[^/]+\.zip$|_core-[^/]+\.so$|parts-[^/]+\/micropip-)/ },
  { name: "html", needed: true, files: /^parts-[^/]+\/(jinja2|markupsafe|pygments)-/ },
  { name: "zones", needed: true, files: /^parts-[^/]+\/tzdata-/ },
  { name: "video", needed: true, files: /^video\.js$/ },
  { name: "pdf", needed: false, files: /^(_typst-[^/]+\.so$|fonts\/base\/)/ },
  { name: "fonts", needed: false, files: /^fonts\/(?!base\/)/ },
];

/** What a browser never asks for while it converts. The worker goes with the page: it belongs to its version. */
const LEFT_OUT = /^(worker\.js|LICENSES\.txt|manifest\.json|parts-[^/]+\/pyodide-lock\.json)$/;

/** The one part that a file belongs to; null where it is kept with none. */
export function partOf(path: string): string | null {
  const found = PARTS.filter(({ files }) => files.test(path));
  if (found.length > 1 || (found.length === 0) !== LEFT_OUT.test(path)) {
    throw new Error(`${path} belongs to ${found.length} parts: say in engine-parts.ts where it is needed`);
  }
  return found[0]?.name ?? null;
}
