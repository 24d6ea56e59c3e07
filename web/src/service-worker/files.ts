/** The files of one version of the page, as the build lists them. Addresses are relative to the folder that holds `sw.js`. */

export interface File {
  path: string;
  /** Subresource integrity: a file that is not the one that was built is never kept. */
  integrity: string;
  /** Its size on the device, and as it comes over the network where the server compresses. */
  bytes: number;
  download: number;
}

/** What a conversion needs beside the page: the engine itself, or what a format adds to it. */
export interface Part {
  name: string;
  /** Kept after the first export without being asked for; the heavy ones wait for a person to ask. */
  needed: boolean;
  files: readonly File[];
}

export interface Version {
  /** Changes whenever any file does. */
  id: string;
  /** Kept when the version is installed. */
  shell: readonly File[];
  parts: readonly Part[];
}

/** How much of a part is on the device. */
export interface PartState {
  name: string;
  needed: boolean;
  /** The size of the whole part, and what is still to be fetched of it, both as they come over the network. */
  download: number;
  missing: number;
}

export interface State {
  version: string;
  parts: PartState[];
}

/** @param kept The addresses of the parts' files that are on the device. */
export function stateOf(version: Version, kept: ReadonlySet<string>): State {
  const sum = (files: readonly File[]): number => files.reduce((total, file) => total + file.download, 0);
  return {
    version: version.id,
    parts: version.parts.map(({ name, needed, files }) => ({
      name,
      needed,
      download: sum(files),
      missing: sum(files.filter(({ path }) => !kept.has(path))),
    })),
  };
}

/** Whether what every export may need is there; heavy parts are asked for one by one. */
export function isReady(parts: readonly PartState[]): boolean {
  return parts.every(({ needed, missing }) => !needed || missing === 0);
}

export function missingBytes(parts: readonly PartState[]): number {
  return parts.reduce((sum, { missing }) => sum + missing, 0);
}
