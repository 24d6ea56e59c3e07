/** What the engine says is to be filmed: the player's scenes, and the picture that is wanted. `py_export/writers/video.py` writes it. */

/** Words as they are, or code with its language; texts that a session says, and never markup. */
export interface Part {
  text?: string;
  code?: string;
  language?: string;
}

/** `at` is in milliseconds from the beginning. What would be empty, false or 0 is left out. */
export type Scene =
  | { type: "message"; at: number; role: string; who: string; same?: true; time?: string; depth?: number; turn?: number }
  | { type: "said"; at: number; what: string; for?: number; label?: string; parts?: Part[] }
  | { type: "started"; at: number; call: number; name?: string; subject?: string; steps?: string[]; input?: string }
  | { type: "ended"; at: number; call: number; sign: Sign; how: string; output?: string }
  | { type: "line"; at: number; what: string; label?: string; text?: string };

export type Sign = "ok" | "failed" | "open";
export type Of<T extends Scene["type"]> = Extract<Scene, { type: T }>;

export interface Plan {
  /** In pixels and milliseconds; the last picture stays for `holdMs`. */
  video: { width: number; height: number; theme: "light" | "dark"; holdMs: number };
  title: string;
  facts: string[];
  scenes: Scene[];
  turns: { at: number; scene: number; title: string }[];
  durationMs: number;
}

/** How long the video is. */
export function lengthOf({ durationMs, video }: Plan): number {
  return durationMs + video.holdMs;
}
