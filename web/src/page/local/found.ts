/** What of the open files a person is looking for. Pure. */
import type { FileInfo } from "../../engine/protocol.ts";

/** The numbers of the sessions whose title, application or file holds every word; the newest first. */
export function matching(info: FileInfo, filter: string): number[] {
  const words = folded(filter).split(/\s+/).filter((word) => word !== "");
  const files = sourcesOf(info);
  return info.sessions
    .map((session, number) => ({ number, at: session.updatedAt ?? session.createdAt ?? 0, text: folded(`${session.title ?? ""} ${session.app ?? ""} ${files.get(number) ?? ""} ${session.id}`) }))
    .filter(({ text }) => words.every((word) => text.includes(word)))
    .toSorted((one, other) => other.at - one.at || one.number - other.number)
    .map(({ number }) => number);
}

/** The name of what a session was found in. */
export function sourceOf(info: FileInfo, session: number): string {
  return sourcesOf(info).get(session) ?? "";
}

const known = new WeakMap<FileInfo, ReadonlyMap<number, string>>();

function sourcesOf(info: FileInfo): ReadonlyMap<number, string> {
  let names = known.get(info);
  if (names === undefined) {
    names = new Map(info.files.flatMap(({ name, sessions }) => sessions.map((number) => [number, name] as const)));
    known.set(info, names);
  }
  return names;
}

function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}
