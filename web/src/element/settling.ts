/** What of an export is hidden, settled before anything is given away: as it was chosen, or by asking where something was found. */
import { abortError } from "../abort.ts";
import type { Redaction, SecretsRequest } from "../engine/protocol.ts";
import type { Choice, ExportDialog } from "./dialog.ts";
import { extraCode } from "./extra-code.ts";
import type { Found } from "./extras/secrets.ts";
import { redactionOf } from "./redaction.ts";
import type { SessionFile } from "./session-file.ts";
import type { Words } from "./words.ts";

/** What a person answers: hide what is ticked, leave everything as it is, or back to the choices. */
export type Answer = "hide" | "leave" | "back";

/** What is done with it afterwards. */
export type Purpose = "save" | "copy";

/** Something was found: it is asked about before the work goes on. No failure of any work. */
export class Question extends Error {
  override readonly name = "Question";
  /** Gives what to hide; undefined is nothing. Throws AbortError where the person goes back. */
  readonly ask: (purpose: Purpose) => Promise<Redaction | undefined>;

  constructor(ask: Question["ask"]) {
    super("question");
    this.ask = ask;
  }
}

export class Settler {
  /** What was found and stays as it is, for as long as the dialog is open: of something secret even a digest is not kept. */
  readonly #kept = new Set<string>();
  readonly #words: () => Words;
  readonly #dialog: () => ExportDialog | null;

  constructor(words: () => Words, dialog: () => ExportDialog | null) {
    this.#words = words;
    this.#dialog = dialog;
  }

  forget(): void {
    this.#kept.clear();
  }

  /** What a preview hides: where it is asked about first, nothing is settled yet. */
  forPreview({ hiding }: Pick<Choice, "hiding">): Redaction | undefined {
    return hiding.mode === "on" ? redactionOf(hiding, this.#kept) : undefined;
  }

  /** What to hide, asked about in the open dialog where it must be. Throws AbortError where the person goes back. */
  async settle(choice: Choice, file: SessionFile, purpose: Purpose): Promise<Redaction | undefined> {
    try {
      return await this.unasked(choice, file);
    } catch (error) {
      if (error instanceof Question) return error.ask(purpose);
      throw error;
    }
  }

  /** The same without waiting for an answer: throws a `Question` where something must be asked. */
  async unasked(choice: Choice, file: SessionFile): Promise<Redaction | undefined> {
    const redact = redactionOf(choice.hiding, this.#kept);
    if (redact === undefined || choice.hiding.mode === "on") return redact;
    const found = await this.#look(choice, file);
    if (found.hits.length === 0) return undefined;
    throw new Question(async (purpose) => this.#show(found, choice, file, purpose));
  }

  /** How many different things there are that may be hidden. */
  async count(choice: Choice, file: SessionFile): Promise<number> {
    return (await this.#look(choice, file)).hits.length;
  }

  /** Show what was hidden, and let the person undo it. */
  async see(choice: Choice, file: SessionFile, purpose: Purpose): Promise<Redaction | undefined> {
    return this.#show(await this.#look(choice, file), choice, file, purpose);
  }

  async #look(choice: Choice, file: SessionFile): Promise<Found> {
    const { looking, extraWords } = await extraCode();
    const { lookFor } = await looking();
    return lookFor(file, choice.spans, this.#request(choice), extraWords(this.#words()), (done, total) => {
      const dialog = this.#dialog();
      if (dialog?.isOpen === true) dialog.progress({ phase: "receiving", done, total, part: 1, parts: 1 });
    });
  }

  async #show(found: Found, choice: Choice, file: SessionFile, purpose: Purpose): Promise<Redaction | undefined> {
    const { looking, showing, extraWords } = await extraCode();
    const [{ saveReport }, { SecretsView }] = await Promise.all([looking(), showing()]);
    const view = new SecretsView(extraWords(this.#words()), found, this.#kept, async () => {
      // Looked for again: what is kept by now is not in the report.
      await saveReport(await this.#look(choice, file));
    });
    const answer = (await this.#dialog()?.ask(view, purpose)) ?? "back";
    if (answer === "back") throw abortError();
    return answer === "hide" ? redactionOf(choice.hiding, this.#kept) : undefined;
  }

  #request({ options, select, hiding }: Choice): SecretsRequest {
    const redact = redactionOf(hiding, this.#kept);
    return { options, select, ...(redact !== undefined && { redact }) };
  }
}
