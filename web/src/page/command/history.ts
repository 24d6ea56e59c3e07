/** The lines that were run, for the arrow keys. They may quote a conversation: kept for this tab alone, and gone with it. */
import { guarded } from "../../storage.ts";

const KEY = "py-export.lines";
const MOST = 50;

export class LineHistory {
  readonly #lines: string[];
  /** The place among the lines; their number is the line that is being written. */
  #at: number;
  /** What was being written when the first arrow key was pressed. */
  #draft = "";

  constructor() {
    this.#lines = restored();
    this.#at = this.#lines.length;
  }

  get browsing(): boolean {
    return this.#at < this.#lines.length;
  }

  /** Remember a line that was run, as the newest; each line stands once. */
  add(line: string): void {
    const text = line.trim();
    const before = this.#lines.indexOf(text);
    if (before >= 0) this.#lines.splice(before, 1);
    if (text !== "") this.#lines.push(text);
    this.#lines.splice(0, this.#lines.length - MOST);
    this.leave();
    guarded(() => {
      sessionStorage.setItem(KEY, JSON.stringify(this.#lines));
    });
  }

  /** The line before the one that is shown, or null at the oldest. */
  older(shown: string): string | null {
    if (this.#at === 0) return null;
    if (!this.browsing) this.#draft = shown;
    this.#at -= 1;
    return this.#lines[this.#at] ?? null;
  }

  /** The line after it; behind the newest, what was being written. */
  newer(): string | null {
    if (!this.browsing) return null;
    this.#at += 1;
    return this.#lines[this.#at] ?? this.#draft;
  }

  /** The line is edited: the next arrow begins at the newest again. */
  leave(): void {
    this.#at = this.#lines.length;
  }
}

function restored(): string[] {
  const kept = guarded((): unknown => JSON.parse(sessionStorage.getItem(KEY) ?? "[]"));
  return Array.isArray(kept) ? kept.filter((line): line is string => typeof line === "string").slice(-MOST) : [];
}
