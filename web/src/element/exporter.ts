/** An export as a person goes through it: dialog, conversion, saving, and what is said of it. One signal stops whatever runs. */
import { EngineError, type Redaction, type Selection } from "../engine/protocol.ts";
import { copyDocument } from "./copying.ts";
import { deliver, shareReady, wantedOf, type Delivered, type Ready } from "./delivery.ts";
import { ExportDialog, lookingAt, type Choice, type Outcome } from "./dialog.ts";
import { isAbort } from "./errors.ts";
import { ExportDoneEvent, ExportProgressEvent, ExportSignInEvent, ExportStartEvent } from "./events.ts";
import { exportSession, type Exported, type ExportJob } from "./export.ts";
import { extraWishes, makerOf } from "./extras.ts";
import { focused, giveBack } from "./focus.ts";
import type { Format } from "./formats.ts";
import type { ExportNow, Host } from "./host.ts";
import { Looking } from "./looking.ts";
import { savedLine } from "./outcome.ts";
import { optionsWithDefaults, readDefaults, readFormat, writeChoice } from "./preference.ts";
import { Previewer } from "./previewer.ts";
import { pick, type Place } from "./picker.ts";
import { readHiding, writeHiding } from "./redaction.ts";
import { asText, lookOf, patternsOf, requestOf } from "./requests.ts";
import { download } from "./save.ts";
import { SessionFile } from "./session-file.ts";
import { Question, Settler } from "./settling.ts";
import type { Teller } from "./telling.ts";

export class Exporter {
  readonly #host: Host;
  readonly #teller: Teller;
  readonly #settler: Settler;
  #dialog: ExportDialog | null = null;
  /** What had the focus before the dialog. */
  #before: HTMLElement | null = null;
  #running: AbortController | null = null;
  #file: SessionFile | null = null;
  #previewer: Previewer | null = null;
  readonly #looking = new Looking();
  /** Converted, and waiting for the tap that shares them. */
  #ready: (Ready & { choice: Choice }) | null = null;
  /** What the preview calls the file. */
  #named = "session";

  constructor(host: Host, teller: Teller) {
    this.#host = host;
    this.#teller = teller;
    this.#settler = new Settler(() => host.words, () => this.#dialog);
  }

  /** Whether the dialog is open, or an export runs without it. */
  get busy(): boolean {
    return this.#running !== null;
  }

  /** Open the dialog, with a format chosen or the one that was used last. */
  open(format?: Format): void {
    const { words, storageKey, selection, kinds, source } = this.#host;
    this.#before = focused();
    this.#start();
    this.#dialog ??= this.#makeDialog();
    this.#dialog.open(words, { format: format ?? readFormat(storageKey), kinds, selection, hiding: readHiding(storageKey), count: this.#file?.numbers?.length ?? 1, usage: source.usage });
  }

  /** Stop what runs: the fetch, the worker and everything between. Nothing is saved and nothing is said. */
  readonly stop = (): void => {
    this.#running?.abort();
    this.#file?.close();
    this.#running = this.#file = this.#previewer = null;
  };

  /** Leave: stop, and take away what is shown. */
  close(): void {
    this.stop();
    this.#looking.away();
    this.#dialog?.close();
    this.#teller.hide();
  }

  async copyMarkdown(): Promise<void> {
    const { words: { t, locale }, selection } = this.#host;
    const choice = { format: "markdown", options: { locale }, select: selection ?? {}, spans: null, hiding: readHiding(this.#host.storageKey) } as const;
    await this.#alone(t("ui.copying"), async (file) => {
      await this.#copy(choice, file, this.#settler.unasked(choice, file));
    }, () => {
      // What was found is asked about in the dialog.
      this.open(choice.format);
      void this.#copyChosen(choice);
    });
  }

  /** Export without a dialog: done when it is saved. Nothing is asked: of what is not hidden it is said afterwards how much there is. */
  async now(wanted: ExportNow): Promise<void> {
    await new Promise<void>((done) => void this.#now(wanted, done).finally(done));
  }

  async #now({ format, options = {}, selection, filename }: ExportNow, onSaved: () => void): Promise<void> {
    const { words: { t, locale: language }, storageKey } = this.#host;
    const hiding = readHiding(storageKey);
    const { timezone, locale } = optionsWithDefaults(storageKey, format, language);
    const choice = { format, options: { ...(timezone !== undefined && { timezone }), ...(locale !== undefined && { locale }), ...options }, select: selection ?? {}, spans: null, hiding };
    await this.#alone(t("ui.exporting"), async (file) => {
      this.#host.dispatchEvent(new ExportStartEvent({ format }));
      const redact = hiding.mode === "on" ? await this.#settler.unasked(choice, file) : undefined;
      const exported = await exportSession(this.#job({ ...choice, extra: await makerOf(this.#host, file, format) }, file, redact, filename));
      await download(exported.map((one) => one.file));
      const said = this.#saved(choice, { exported, refused: false });
      onSaved();
      // The file is saved: where this cannot be told, that is no failure of it.
      const count = hiding.mode === "ask" ? await this.#settler.count(choice, file).catch(() => 0) : 0;
      if (count > 0) this.#teller.say(`${said} ${t("ui.secrets_inside", { count })}`, "good");
    });
  }

  /** The numbers of the messages that a selection takes, in the order to show. */
  async select(selection: Selection, signal: AbortSignal): Promise<number[]> {
    return this.#looking.select(this.#host.source, selection, signal);
  }

  get #pattern(): string | undefined {
    return readDefaults(this.#host.storageKey).filename;
  }

  #makeDialog(): ExportDialog {
    const dialog = new ExportDialog({
      onExport: (choice) => void this.#export(choice),
      onSaveAs: (choice) => void this.#saveAs(choice),
      onCopy: (choice) => void this.#copyChosen(choice),
      onSignIn: (choice) => {
        if (this.#host.dispatchEvent(new ExportSignInEvent())) void this.#export(choice);
        else dialog.close();
      },
      onShare: () => void this.#share(),
      onChoice: (choice) => {
        if (choice.looks === true) this.#previewer?.ask(lookOf(choice, this.#settler, this.#pattern), patternsOf(choice));
        else this.#previewer?.rest();
      },
      onMore: (choice) => this.#previewer?.more(lookOf(choice, this.#settler, this.#pattern)),
      onHiding: (hiding) => { writeHiding(this.#host.storageKey, hiding); },
      ...extraWishes(this.#host, () => this.#file),
      remembered: (format) => optionsWithDefaults(this.#host.storageKey, format, this.#host.words.locale),
      onClose: () => {
        this.stop();
        this.#settler.forget();
        this.#ready = null;
        giveBack(this.#before, this.#host.button);
      },
    });
    this.#host.append(dialog.root);
    return dialog;
  }

  async #saveAs(choice: Choice): Promise<void> {
    const file = this.#file;
    try {
      const place = await pick(wantedOf(choice, file?.numbers?.length ?? 1, choice.extra?.filename?.() ?? this.#named));
      if (place === "dismissed") return;
      await (this.#file === file ? this.#export(choice, place) : place?.leave());
    } catch (error) {
      this.#failed(error, choice.format);
    }
  }

  /** @param again Whether what was hidden is to be seen, and undone, first. */
  async #export(choice: Choice, place: Place | null = null, again = false): Promise<void> {
    const { format } = choice;
    const file = this.#file;
    if (file === null) return;
    // A backup is no habit, and would be in itself; what is wanted of all usage says nothing of the next conversation.
    if (format !== "settings" && !file.usage) writeChoice(this.#host.storageKey, format, choice.options, this.#host.words.locale);
    this.#show({ step: "busy" });
    try {
      const redact = await (again ? this.#settler.see(choice, file, "save") : this.#settler.settle(choice, file, "save"));
      this.#show({ step: "busy" });
      this.#host.dispatchEvent(new ExportStartEvent({ format }));
      const exported = await exportSession(this.#job(choice, file, redact));
      const delivery = await deliver(exported, place, file.signal);
      if ("files" in delivery) {
        this.#ready = { ...delivery, choice };
        this.#show({ step: "ready", ...this.#outcome(choice, exported), names: delivery.files.map(({ name }) => name), asText: delivery.asText });
      } else this.#saved(choice, delivery);
    } catch (error) {
      await place?.leave();
      if (!isAbort(error)) this.#failed(error, format);
    }
  }

  async #copyChosen(choice: Choice): Promise<void> {
    const file = this.#file;
    if (file === null) return;
    this.#show({ step: "busy" });
    try {
      await this.#copy(choice, file, this.#settler.unasked(choice, file)).catch(async (error: unknown) => {
        if (!(error instanceof Question)) throw error;
        const redact = await error.ask("copy");
        this.#show({ step: "busy" });
        await this.#copy(choice, file, Promise.resolve(redact));
      });
      this.#show({ step: "choose" });
    } catch (error) {
      if (!isAbort(error)) this.#failed(error, null);
    }
  }

  async #copy(choice: Choice, file: SessionFile, settled: Promise<Redaction | undefined>): Promise<void> {
    const exported = settled.then(async (redact) => exportSession(this.#job({ ...choice, options: asText(choice.options) }, file, redact)));
    this.#teller.say(await copyDocument(exported, choice, file, this.#host.words), "good");
  }

  /** Do without the dialog: with a short message while it lasts, and one when it failed. */
  async #alone(busy: string, work: (file: SessionFile) => Promise<void>, onQuestion: () => void = () => undefined): Promise<void> {
    const running = this.#start();
    this.#teller.say(busy, "busy");
    try {
      if (this.#file !== null) await work(this.#file);
    } catch (error) {
      this.#teller.hide();
      if (error instanceof Question) onQuestion();
      else if (!isAbort(error)) this.#teller.say(this.#teller.report(error).message, "bad");
    } finally {
      if (this.#running === running) this.stop();
    }
  }

  async #share(): Promise<void> {
    if (this.#ready === null) return;
    const { choice } = this.#ready;
    const delivered = await shareReady(this.#ready);
    if (delivered !== null) this.#saved(choice, delivered);
  }

  /** Tell that it is saved; gives the sentence. */
  #saved(choice: Choice, { exported, refused }: Delivered): string {
    const { words } = this.#host;
    const outcome = this.#outcome(choice, exported);
    const bytes = exported.reduce((sum, one) => sum + one.bytes, 0);
    this.#ready = null;
    for (const { file, bytes: size, notices } of exported) {
      this.#host.dispatchEvent(new ExportDoneEvent({ format: choice.format, filename: file.name, bytes: size, notices }));
    }
    const failed = exported.flatMap((one) => one.failed);
    if (outcome.notices.length + failed.length === 0 && !refused) this.#dialog?.close();
    else this.#show({ step: "done", ...outcome, bytes, failed, refused });
    const said = savedLine(outcome, bytes, this.#dialog?.isOpen === true, words);
    this.#teller.say(said, "good");
    return said;
  }

  /** What is told of finished files, and how what was hidden in them is seen. */
  #outcome(choice: Choice, exported: readonly Exported[]): Outcome {
    return {
      names: exported.map(({ file }) => file.name),
      notices: exported.flatMap((one) => one.notices),
      onSee: () => {
        this.#teller.hide();
        void this.#export(choice, null, true);
      },
    };
  }

  #failed(error: unknown, format: Format | null): void {
    const { t } = this.#host.words;
    const failure = this.#teller.report(error);
    if (error instanceof EngineError) this.#dialog?.invalid(error);
    if (this.#dialog?.isOpen !== true) {
      this.#teller.say(failure.message, "bad");
      return;
    }
    this.#show({ step: "failed", failure });
    // A choice to make is no failure to cry about.
    if (failure.remedy !== "parts" && format !== null) this.#teller.say(t("ui.not_saved", { format: t(`format.${format}`) }), "bad");
  }

  #show(state: Parameters<ExportDialog["show"]>[0]): void {
    if (this.#dialog?.isOpen !== true) return;
    this.#dialog.show(state);
    this.#dialog.focusNext();
  }

  #job(choice: Choice, file: SessionFile, redact?: Redaction, filename?: string): ExportJob {
    return {
      file,
      request: requestOf(choice, redact, this.#pattern),
      spans: choice.spans,
      filename,
      make: choice.extra?.make,
      onProgress: (progress) => {
        if (this.#dialog?.isOpen === true) this.#dialog.progress(progress);
        const { phase, done, total } = progress;
        this.#host.dispatchEvent(new ExportProgressEvent({ phase, done, total }));
      },
    };
  }

  /** Begin anew, with the session not fetched yet. */
  #start(): AbortController {
    this.stop();
    this.#teller.hide();
    const running = (this.#running = new AbortController());
    const file = (this.#file = new SessionFile(this.#host.source, running.signal));
    this.#previewer = new Previewer(file, lookingAt(() => this.#dialog, (filename) => { this.#named = filename; }));
    return running;
  }
}
