/** The command line of a session: what its filter lets through is shown, and what is shown is exported. */
import { explain, isAbort } from "../../element/errors.ts";
import { FORMATS, type Format } from "../../element/formats.ts";
import type { Words } from "../../element/words.ts";
import { EngineError, type Selection } from "../../engine/protocol.ts";
import { formatNumber } from "../../format.ts";
import { complete, type Completions } from "./complete.ts";
import { CommandLine } from "./command-line.ts";
import { asksForTheContext, filterError } from "./filter-error.ts";
import { parse, type CommandError, type ExportCommand, type Filter } from "./parse.ts";
import type { LineError } from "./place.ts";
import type { Verdict } from "./said.ts";

const IDS: readonly Format[] = FORMATS.map(({ id }) => id);
const COMMANDS = [":export", "/export", "/import"];
/** The formats that name the line that was typed. */
const NAMES_ITS_LINE = new Set(["pairs", "text", "maichat-json"]);
/** Filters whose answer is kept: going back and forth in the history asks nobody. */
const KEPT = 30;

/** What the line works on. */
export interface Subject {
  readonly words: Words;
  /** How many messages the session shows. */
  readonly count: () => number;
  /** The numbers of the messages that a filter lets through. */
  readonly select: (selection: Selection, signal: AbortSignal) => Promise<number[]>;
  /** Show these messages, or all where there is no filter. */
  readonly show: (filter: string, numbers: readonly number[] | null) => void;
  readonly export: (wanted: { format: Format; options: Record<string, string>; selection: Selection; filename?: string }) => Promise<void>;
  readonly import: () => void;
}

export class SessionLine extends CommandLine {
  readonly #subject: Subject;
  readonly #known = new Map<string, Promise<number[]>>();
  readonly #leaving = new AbortController();
  /** The filter of what is shown. */
  #shown = "";

  constructor(subject: Subject) {
    super(subject.words, {
      complete: (line, caret): Completions | null => complete(line, caret, IDS, COMMANDS),
      check: async (line) => this.#check(line),
      run: async (line) => this.#run(line),
    });
    this.#subject = subject;
  }

  /** Show what a filter lets through, or all; what is wrong with it otherwise. */
  async filter(text: string): Promise<void> {
    const numbers = text === "" ? null : await this.#select(text);
    this.#shown = text;
    this.#subject.show(text, numbers);
  }

  override leave(): void {
    super.leave();
    this.#leaving.abort();
  }

  async #check(line: string): Promise<Verdict> {
    const { words, count } = this.#subject;
    const { filter, error, command } = parse(line, IDS);
    try {
      const numbers = filter === null || filter.text === "" ? null : await this.#select(filter.text);
      if (error !== null) return { error: commandError(error, line, words), hint: "" };
      if (numbers === null || command !== null) return { error: null, hint: "" };
      const estimate = asksForTheContext(filter?.text ?? "") ? ` ${words.t("ui.context_is_estimated")}` : "";
      return { error: null, hint: words.t("ui.line_would_show", { count: numbers.length, of: formatNumber(count(), words.locale) }) + estimate };
    } catch (thrown) {
      return { error: this.#explain(thrown, filter, line), hint: "" };
    }
  }

  async #run(line: string): Promise<LineError | string> {
    const { filter, command, error } = parse(line, IDS);
    if (error !== null) return commandError(error, line, this.#subject.words);
    try {
      if (command?.name === "import") this.#subject.import();
      // What is not shown yet is not exported: a filter that is wrong runs no command.
      if (filter !== null) await this.filter(filter.text);
      if (command?.name === "export") await this.#export(command, line.trim());
      return this.#shown;
    } catch (thrown) {
      return this.#explain(thrown, filter, line) ?? line;
    }
  }

  async #export({ format, options, order, filename }: ExportCommand, line: string): Promise<void> {
    const filter = this.#shown;
    // A command with a slash does not say the filter it works under.
    const typed = /^[/／]/.test(line) && filter !== "" ? `${filter} ${line}` : line;
    const named = NAMES_ITS_LINE.has(format) ? { filter_input: typed } : {};
    const selection: Selection = { ...(filter === "" ? {} : { filter }), ...(order === null ? {} : { order }) };
    await this.#subject.export({ format, options: { ...options, ...named }, selection, ...(filename === null ? {} : { filename }) });
  }

  async #select(filter: string): Promise<number[]> {
    const known = this.#known.get(filter);
    if (known !== undefined) return known;
    const asked = this.#subject.select({ filter }, this.#leaving.signal);
    this.#known.set(filter, asked);
    for (const oldest of [...this.#known.keys()].slice(0, -KEPT)) this.#known.delete(oldest);
    try {
      return await asked;
    } catch (error) {
      // That the filter is wrong stays true; that the network failed does not.
      if (!(error instanceof EngineError && error.code === "invalid_filter")) this.#known.delete(filter);
      throw error;
    }
  }

  #explain(error: unknown, filter: Filter | null, line: string): LineError | null {
    const { words } = this.#subject;
    if (isAbort(error)) return null;
    return (filter === null ? null : filterError(error, filter, line, words)) ?? { message: explain(error, words).message, place: null };
  }
}

function commandError({ code, position, end }: CommandError, line: string, words: Words): LineError {
  const found = line.slice(position, end);
  return { message: words.t(`ui.line_${code}`, { found, known: IDS.join(", ") }), place: { position, end } };
}
