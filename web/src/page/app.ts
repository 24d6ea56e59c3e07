/** What every view is given, and what it gives back. */
import type { SessionExportMenu } from "../element/session-export-menu.ts";
import type { Words } from "../element/words.ts";
import type { Api } from "./api.ts";

export interface App {
  readonly api: Api;
  readonly words: Words;
  /** Draw the current address again, after a change of language, theme or token. */
  show: () => void;
  /** Ask for a token: the one there is was refused. */
  signIn: () => void;
}

export interface View {
  readonly root: HTMLElement;
  readonly title: string;
  /** Put focus and scroll position where someone who came here by a link wants them. */
  arrive: () => void;
  /** The export menu that a shortcut means, where there is one; "row" where a row of the list must have the focus first. */
  menu: () => SessionExportMenu | "row" | null;
  /** Put the focus into the line that takes commands, where there is one. */
  focusLine: () => void;
  /** Stop what still runs. */
  leave: () => void;
}
