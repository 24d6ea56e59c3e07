// What the page and the worker say to each other, and the types that a caller of the engine sees.

/** Something that a format could not hold, or a reader could not read: how often, where first, and what fills its sentence. */
export interface Notice {
  code: string;
  count: number;
  where: string;
  params: Record<string, string | number>;
}

/** How to read the bytes: a reader's id (found by structure when absent). */
export interface ReadRequest {
  source?: string;
  /** Unix milliseconds, for a source that does not say when it was exported. */
  exportedAt?: number;
}

/** What of a session to take, and in which order; see `py_export/transforms/select.py`. */
export interface Selection {
  /** A line of the filter language. */
  filter?: string;
  /** The first and the last message by number, from 1 on, both included; null is the session's own end. */
  range?: readonly [number | null, number | null];
  roles?: readonly string[];
  /** `all`, `current`, or the id of a branch's last message. */
  branch?: string;
  order?: "time" | "topic";
}

export type OptionValues = Readonly<Record<string, string | number | boolean | null>>;

/** What to hide of a session, once it is selected, behind placeholders that are the same for the same secret; see `py_export/transforms/redact`. */
export interface Redaction {
  /** What to look for: of `KINDS` in `element/kinds.ts`. */
  kinds: readonly string[];
  /** Regular expressions, as Python has them; whatever they match is hidden. */
  patterns?: readonly string[];
  /** What is left as it is all the same, by `SecretHit.id`. */
  keep?: readonly string[];
}

/** What to make of a file: a writer's id, the format's options, what to take. */
export interface WriteRequest {
  to: string;
  options?: OptionValues;
  select?: Selection;
  redact?: Redaction;
  /** The sessions by number, from 0; of several comes one file. Need not be said where there is only one. */
  sessions?: readonly number[];
  /** How files are named, as a person has it; see `py_export/filename_pattern.py`. */
  pattern?: string;
  /** Of several sessions: one document instead of a zip, where the format has such a thing. */
  together?: boolean;
}

export type ExportRequest = ReadRequest & WriteRequest;

/** A file to open, by its name: a path where it lies in a folder. It is read in the worker, when it is looked up. */
export interface NamedFile {
  name: string;
  blob: Blob;
}

/** A session of an open file. */
export interface SessionInfo {
  id: string;
  title: string | null;
  /** The application that it comes from. */
  app: string | null;
  createdAt: number | null;
  updatedAt: number | null;
  /** How many messages are shown: hidden ones have no number. */
  messages: number;
  /** How many messages a range counts: those of the payload, of which several may be shown as one. */
  numbered: number;
  roles: string[];
  /** The last message of each branch, by time, where there is more than one. */
  branches: { leaf: string; at: number | null; text: string }[];
  topics: boolean;
}

export interface FileInfo {
  sessions: SessionInfo[];
  /** What became of each file, folder and zip that was opened. */
  files: SourceInfo[];
  notices: Notice[];
}

/** A file with what belongs to it, a folder, or a zip. */
export interface SourceInfo {
  name: string;
  bytes: number;
  /** The readers that knew it. */
  readers: string[];
  /** The numbers of the sessions it holds. */
  sessions: number[];
  /** What of it cannot be read, by the name inside a folder or a zip; empty is the file itself. */
  failures: (Failure & { name: string })[];
  notices: Notice[];
}

/** A session's header and messages as a page shows them; `py_export/view.py` says what they hold. */
export type HeaderView = Readonly<Record<string, unknown>>;
export interface MessagesView {
  messages: Readonly<Record<string, unknown>>[];
  of: number;
}

/** In which messages of which sessions to look for what would be hidden. What is kept is listed, too; only the report leaves it out. */
export type SecretsRequest = Pick<WriteRequest, "options" | "select" | "sessions" | "redact">;

/** One thing that would be hidden, wherever it stands. It is content: shown, and kept nowhere. */
export interface SecretHit {
  /** What `Redaction.keep` takes; the same for as long as the file is open, whatever is selected. It says something of the text: not to be stored. */
  id: string;
  kind: string;
  /** `secrets`, `people` or `custom`. */
  group: string;
  placeholder: string;
  /** At most its first 200 characters. */
  text: string;
  /** At how many places it stands, the records that messages came from included. */
  count: number;
  /** The first places that differ, three at most. */
  places: SecretPlace[];
}

export interface SecretPlace {
  session: number;
  /** The message's number among those that are shown; null in what is no part of one. */
  message: number | null;
  /** What stands before it on its line, at most 60 characters, in which the others are hidden. */
  before: string;
  text: string;
  after: string;
}

export interface Secrets {
  /** By kind, then as they are read; 500 at most: `redaction_unlisted` says how many more there are. */
  hits: SecretHit[];
  notices: Notice[];
  /** What `--redact-report` writes: how often and where what was hidden, and nothing of what it was. */
  report: { sessions: object[] };
}

/** The beginning of a document, as it would be written. */
export interface Preview {
  text: string;
  /** Whether the text is the whole of it. */
  complete: boolean;
  /** The size of the whole; an estimate unless `exact`. */
  bytes: number;
  exact: boolean;
  filename: string;
  mediaType: string;
  /** Messages selected. */
  messages: number;
  notices: Notice[];
  /** Of one document of several sessions: of how many it is, where it is not of all. */
  sessions?: number;
  /** Of a patch: the files that it changes. */
  changes?: FileChange[];
}

export interface FileChange {
  path: string;
  /** Its name before, where it is another. */
  was: string | null;
  status: "added" | "deleted" | "renamed" | "modified";
  added: number;
  removed: number;
  /** It is no text; lines are not counted. */
  binary: boolean;
}

export interface ExportResult {
  blob: Blob;
  filename: string;
  mediaType: string;
  /** The blob's size. */
  bytes: number;
  messages: number;
  notices: Notice[];
  /** Of several sessions: those that cannot be written. */
  failed?: (Failure & { session: number })[];
}

export interface Progress {
  /** Messages written, out of `total`; where something is fetched first that the format needs, bytes of that. */
  done: number;
  total: number;
  fetching?: true;
}

/** What an export in a format would fetch first, in bytes as they come over the network. */
export interface Weight {
  /** Of what every file of the format needs; 0 where all of it is on the device. */
  missing: number;
  /** Of what comes on top where the text needs it, at most. */
  fonts: number;
}

/** A settings document: as its file is, by its name, what it holds, and what of it is not known here. */
export interface SettingsDocument {
  text: string;
  filename: string;
  settings: Readonly<Record<string, unknown>>;
  notices: Notice[];
}

/** A row of the table of writers; `options` is a JSON Schema. */
export interface WriterInfo {
  id: string;
  label?: string;
  extension: string;
  mediaType: string;
  kind: string;
  options: object;
  /** One document can hold several sessions. */
  several?: true;
  /** Where alone its file is made; the engine writes what it is made from. */
  where?: readonly string[];
}

/** An error as it crosses: a stable code, the place in the input, and what fills its sentence. Never content. */
export interface Failure {
  code: string;
  where: string;
  params: Record<string, string | number>;
}

/**
 * An export that failed. The codes are those of `py_export/errors.py`, and two of the engine's own:
 * `engine_unavailable` (its files did not load) and `engine_crashed` (it broke down; the next export starts a fresh one).
 */
export class EngineError extends Error {
  readonly code: string;
  readonly where: string;
  readonly params: Record<string, string | number>;

  constructor({ code, where, params }: Failure) {
    super(code);
    this.name = "EngineError";
    this.code = code;
    this.where = where;
    this.params = params;
  }
}

/**
 * What the page asks to be done. The worker holds what is open, one file or several: an export with bytes is of a file of its own, one without of
 * what is open. Bytes are transferred.
 */
export type Task =
  | { type: "open"; files: readonly NamedFile[]; request: ReadRequest }
  | { type: "close" }
  | { type: "select"; selection: Selection; session: number | null }
  | { type: "header"; session: number }
  | { type: "messages"; session: number; from: number; to: number }
  | { type: "preview"; request: WriteRequest; limit: number }
  | { type: "secrets"; request: SecretsRequest }
  | { type: "export"; bytes: ArrayBuffer | null; request: ExportRequest }
  | { type: "settings"; text: string }
  | { type: "weight"; to: string }
  | { type: "formats" };

/** What is compiled once, and is code and nothing else: the next worker of the page need not compile it again. */
export interface Compiled {
  runtime: WebAssembly.Module;
  library: WebAssembly.Module;
}

/** What the page says, after what is compiled or undefined, which comes first. `standing` is an address that the page withdraws to abort (see interrupt.ts). */
export type Order = (Task & { id: number; standing: string }) | { type: "abort"; id: number };

/** What comes of each task. */
export interface Answers {
  open: FileInfo;
  close: null;
  select: { numbers: number[] };
  header: HeaderView;
  messages: MessagesView;
  preview: Preview;
  secrets: Secrets;
  export: ExportResult;
  settings: SettingsDocument;
  weight: Weight;
  formats: WriterInfo[];
}

/** What the worker says. `ready` and `unavailable` come once, before anything else; an order ends in one of the last three. */
export type Report =
  | { type: "ready"; code?: Compiled }
  | { type: "unavailable"; reason: string }
  | { type: "progress"; id: number; progress: Progress }
  | { type: "done"; id: number; answer: Answers[keyof Answers] }
  | { type: "failed"; id: number; failure: Failure }
  | { type: "aborted"; id: number };
