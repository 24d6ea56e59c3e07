/** What the page and the video's worker say to each other: one order at a time, and what comes of it. */

export type Order =
  /** Look at a plan: what its video will be. */
  | { type: "look"; plan: Blob }
  /** The picture at a moment of the plan that was looked at last. */
  | { type: "still"; at: number }
  /** How large its file will be. */
  | { type: "size"; plan: Blob }
  | { type: "film"; plan: Blob };

export interface Look {
  lengthMs: number;
  /** Whether this browser can encode such a video. */
  possible: boolean;
}

export type Report =
  | { type: "looked"; look: Look }
  | { type: "still"; picture: ImageBitmap }
  /** An estimate, in bytes. */
  | { type: "sized"; bytes: number }
  /** In milliseconds of the video. */
  | { type: "progress"; done: number; total: number }
  | { type: "filmed"; video: Blob }
  /** It did not load, or the browser's encoder gave up. */
  | { type: "unavailable"; reason: string }
  | { type: "failed" };
