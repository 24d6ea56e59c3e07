/** What came in, as files; of a folder, every file in it. */
import type { NamedFile } from "../../engine/protocol.ts";
import type { Incoming } from "./inbox.ts";
import { distinct } from "./names.ts";

/** Folders deeper than this lead nowhere: a link may point back to where it stands. */
const DEEPEST = 24;

/** Every file of what came in, by names that tell them apart. */
export async function filesOf(incoming: readonly Incoming[]): Promise<NamedFile[]> {
  const found = await Promise.all(incoming.map(async (one) => {
    if (one instanceof File) return [{ name: one.name, blob: one }];
    return "blob" in one ? [one] : within(one, 0);
  }));
  return distinct(found.flat());
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
