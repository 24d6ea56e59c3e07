/** What was dropped or pasted, as files; of a folder, every file in it. */
import type { NamedFile } from "../../engine/protocol.ts";

/** Folders deeper than this lead nowhere: a link may point back to where it stands. */
const DEEPEST = 24;

/** Whether something is dragged that has files: a piece of text or a link is left to the browser. */
export function holdsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes("Files") ?? false;
}

/** Call it straight from the event: what was dropped can be asked for only then. */
export async function filesOf(transfer: DataTransfer): Promise<NamedFile[]> {
  const items = [...transfer.items].filter(({ kind }) => kind === "file");
  const roots = items.map((item) => item.webkitGetAsEntry() ?? item.getAsFile());
  const found = await Promise.all(roots.map(async (root) => (root === null ? [] : root instanceof File ? [{ name: root.name, blob: root }] : within(root, 0))));
  return found.flat();
}

async function within(entry: FileSystemEntry, depth: number): Promise<NamedFile[]> {
  const name = entry.fullPath.replace(/^\/+/, "");
  // One that cannot be had is told like one that cannot be read: by its name.
  if (entry.isFile) return [{ name, blob: await fileOf(entry as FileSystemFileEntry).catch(() => new Blob()) }];
  if (depth > DEEPEST) return [];
  const children = await childrenOf(entry as FileSystemDirectoryEntry);
  return (await Promise.all(children.map(async (child) => within(child, depth + 1)))).flat();
}

async function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => { entry.file(resolve, reject); });
}

/** Chromium gives at most a hundred at a time. */
async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => { reader.readEntries(resolve, reject); });
    if (some.length === 0) return children;
    children.push(...some);
  }
}
