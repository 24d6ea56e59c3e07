/** The session that selections are judged on while nothing is exported. A line is judged as it is typed: its session is fetched and read once. */
import { unlessAborted } from "../abort.ts";
import type { Selection } from "../engine/protocol.ts";
import { SessionFile, type Source } from "./session-file.ts";

interface Looked {
  of: string;
  source: Source;
  controller: AbortController;
  file: SessionFile;
}

export class Looking {
  #at: Looked | null = null;

  /** The numbers of the messages that a selection takes, in the order to show. */
  async select(source: Source, selection: Selection, signal: AbortSignal): Promise<number[]> {
    const { file } = this.#look(source);
    const open = await unlessAborted(file.open(), signal);
    return open.select(selection, signal, file.numbers?.[0] ?? null);
  }

  /** Let go of the session. */
  away(): void {
    this.#at?.controller.abort();
    this.#at?.file.close();
    this.#at = null;
  }

  #look(source: Source): Looked {
    const of = JSON.stringify([source.origin.endpoint, source.origin.sessionId, source.sessionIds, source.opened?.sessions]);
    const at = this.#at;
    if (at?.of === of && at.source.payload === source.payload && at.source.opened?.file === source.opened?.file) return at;
    this.away();
    const controller = new AbortController();
    return (this.#at = { of, source, controller, file: new SessionFile(source, controller.signal) });
  }
}

/** How many messages of how many a selection takes; null where it is all of them. */
export async function someOf(file: SessionFile, select: Selection): Promise<{ count: number; of: number } | null> {
  const open = await file.open();
  const of = open.info.sessions[file.numbers?.[0] ?? 0]?.messages ?? 0;
  const count = (await open.select(select, file.signal, file.numbers?.[0] ?? null)).length;
  return count === of ? null : { count, of };
}
