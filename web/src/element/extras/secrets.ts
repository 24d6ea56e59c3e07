/** Everything that would be hidden of an export, in all its sessions and parts, with words for where it stands. */
import type { Notice, SecretHit, SecretPlace, Secrets, SecretsRequest } from "../../engine/protocol.ts";
import type { OnBytes } from "../payload.ts";
import { download } from "../save.ts";
import type { SessionFile } from "../session-file.ts";
import type { Span } from "../spans.ts";
import type { Words } from "../words.ts";

/** Places that are shown of each. */
const PLACES = 3;

const REPORT = "redaction-report.json";

export interface Place extends Pick<SecretPlace, "before" | "text" | "after"> {
  /** In which message, of which session or part. */
  label: string;
}

export interface Hit extends Pick<SecretHit, "id" | "kind" | "text" | "count"> {
  places: Place[];
}

export interface Found {
  hits: Hit[];
  notices: Notice[];
  report: Secrets["report"];
}

/** Look for it. An export in parts is fetched part by part, and each part kept for the export. */
export async function lookFor(file: SessionFile, spans: readonly Span[] | null, request: SecretsRequest, words: Words, onBytes: OnBytes): Promise<Found> {
  const sources = spans?.map((span) => file.part(span)) ?? [file];
  const hits = new Map<string, Hit>();
  const notices: Notice[] = [];
  const sessions: object[] = [];
  for (const [index, source] of sources.entries()) {
    const open = await source.open(onBytes);
    const told = await open.secrets(source.numbers === null ? request : { ...request, sessions: source.numbers }, source.signal);
    const titles = source.numbers !== null && source.numbers.length > 1 ? open.info.sessions.map(({ title }) => title ?? words.t("ui.untitled")) : null;
    const part = sources.length > 1 ? words.t("ui.progress_part", { part: index + 1, parts: sources.length }) : null;
    const label = ({ session, message }: SecretPlace): string =>
      [titles?.[session], part, message === null ? words.t("ui.redact_elsewhere") : words.t("ui.redact_message", { number: message })]
        .filter((one) => one != null)
        .join(" · ");
    for (const { id, kind, text, count, places } of told.hits) {
      const hit = hits.get(id) ?? { id, kind, text, count: 0, places: [] };
      hits.set(id, hit);
      hit.count += count;
      hit.places = [...hit.places, ...places.map((place) => ({ ...place, label: label(place) }))].slice(0, PLACES);
    }
    notices.push(...told.notices);
    sessions.push(...told.report.sessions);
  }
  return { hits: [...hits.values()], notices, report: { sessions } };
}

/** Save how often and where something is hidden; what it was is not in it. */
export async function saveReport({ report }: Found): Promise<void> {
  await download([new File([JSON.stringify(report, null, 2), "\n"], REPORT, { type: "application/json" })]);
}
