/** Which formats the dialog offers, as cards in groups: formats that are alike stand on one card, and a second choice says which of them. */
import { FORMATS, type Format } from "./formats.ts";

/** What an export is of. `session` is the conversation, `analytics` its figures, `diff` the changes it made to files. */
export type Kind = (typeof FORMATS)[number]["kind"] | "analytics" | "settings" | "diff" | "recording";

export const GROUPS = ["session", "analytics", "other"] as const;
export type Group = (typeof GROUPS)[number];

/** Common ones first, each card's most useful format first; one that this version does not write is passed over. */
const CARDS: readonly { readonly id: string; readonly group: Group; readonly formats: readonly string[] }[] = [
  { id: "markdown", group: "session", formats: ["markdown", "pairs"] },
  { id: "json", group: "session", formats: ["json", "jsonl", "sidepanel-json", "hfs-json", "maichat-json"] },
  { id: "html", group: "session", formats: ["html"] },
  { id: "session-pdf", group: "session", formats: ["session-pdf"] },
  { id: "text", group: "session", formats: ["text"] },
  { id: "csv", group: "analytics", formats: ["csv", "messages-csv", "tool-calls-csv", "sessions-csv"] },
  { id: "pdf", group: "analytics", formats: ["pdf"] },
  { id: "analytics-json", group: "analytics", formats: ["analytics-json"] },
  { id: "settings", group: "other", formats: ["settings"] },
  { id: "recording", group: "other", formats: ["player", "recording", "asciicast", "video"] },
  { id: "patch", group: "other", formats: ["patch"] },
];

export interface Card {
  readonly id: string;
  readonly group: Group;
  /** The formats that it stands for; one at least. */
  readonly formats: readonly [Format, ...Format[]];
}

/**
 * The cards of the formats of these kinds, all where there are none. A format that stands on no card has one of its own.
 *
 * @param usage - Of what all sessions took: what was said in them is not there.
 */
export function cardsOf(kinds: readonly string[] | null, usage = false): Card[] {
  const offered = FORMATS.filter(({ id, kind }) => (usage ? kind === "analytics" && id !== "messages-csv" : (kinds?.includes(kind) ?? true)));
  const known = new Set(CARDS.flatMap(({ formats }) => formats));
  const cards = CARDS.flatMap(({ id, group, formats }) => {
    const [first, ...others] = formats.flatMap((format) => offered.find((one) => one.id === format)?.id ?? []);
    return first === undefined ? [] : [{ id, group, formats: [first, ...others] as const }];
  });
  const others = offered.filter(({ id }) => !known.has(id)).map(({ id, kind }) => ({ id, group: groupOf(kind), formats: [id] as const }));
  return [...cards, ...others];
}

function groupOf(kind: string): Group {
  return GROUPS.find((group) => group === kind) ?? "other";
}
