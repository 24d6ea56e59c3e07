/** What of the payload's schema the page reads. A field that is absent is unknown, never 0 or "". */
export interface SessionRow {
  id: string;
  title?: string | null;
  source?: { app?: string | null; format?: string | null } | null;
  createdAt?: number | null;
  updatedAt?: number | null;
  /** The payload's own, by whose numbers the function sends a part. */
  messageCount: number;
  /** How many messages the page shows, where that is known: a call and its result are one. */
  viewCount?: number | null;
  bytes?: number | null;
}

/** How many messages people see, wherever the page says it. */
export function countOf({ viewCount, messageCount }: Pick<SessionRow, "viewCount" | "messageCount">): number {
  return viewCount ?? messageCount;
}

/** What the function says of an imported file. */
export interface ImportAnswer {
  imported: ImportedSession[];
  /** In the language that was asked for. */
  notices: { code: string; count: number; where: string; message: string }[];
}

export interface ImportedSession {
  id: string;
  title: string | null;
  status: "new" | "same" | "updated";
  viewCount: number;
}

export interface Usage {
  inputTokens?: number | null;
  outputTokens?: number | null;
  cacheReadTokens?: number | null;
  cacheWriteTokens?: number | null;
  costUsd?: number | null;
}

export interface SessionHeader extends SessionRow {
  durationMs?: number | null;
  model?: string | null;
  workspace?: string | null;
  usage?: Usage | null;
  counts?: { toolCalls?: number } | null;
}

export interface Message {
  id: string;
  role: string;
  createdAt?: number | null;
  model?: string | null;
  author?: string | null;
  subAgent?: { agentId?: string | null; callId?: string | null } | null;
  blocks: Block[];
}

export type Block =
  | { type: "text" | "thinking"; text: string }
  | { type: "code"; text: string; language?: string | null; path?: string | null }
  | { type: "error"; text: string; code?: string | null }
  | { type: "event"; name: string; text?: string | null; data?: Record<string, unknown> | null }
  | { type: "citation"; url?: string | null; title?: string | null; text?: string | null }
  | { type: "unknown"; name?: string | null; record: unknown }
  | Attachment
  | ToolCall;

export interface Attachment {
  type: "image" | "file";
  name?: string | null;
  mediaType?: string | null;
  size?: number | null;
  path?: string | null;
  url?: string | null;
  data?: string | null;
  text?: string | null;
}

export interface ToolCall {
  type: "tool_call";
  name: string;
  kind?: string;
  subject?: string | null;
  description?: string | null;
  input?: unknown;
  status?: string;
  result?: { blocks?: Block[]; isError?: boolean | null; exitCode?: number | null } | null;
  permission?: { status: string; reason?: string | null } | null;
  durationMs?: number | null;
  messages?: Message[];
}
