/** What every view is given, and what it gives back. */
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
  /** Stop what still runs. */
  leave: () => void;
}
