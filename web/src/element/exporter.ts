/** An export as a person goes through it: dialog, conversion, saving, and what is said of it. One signal stops whatever runs. */
import type { Selection } from "../engine/protocol.ts";
import { copyText } from "./clipboard.ts";
import { deliver, shareReady, wantedOf, type Delivered, type Ready } from "./delivery.ts";
import { ExportDialog, type Choice } from "./dialog.ts";
import { explain, isAbort, type Failure } from "./errors.ts";
import { ExportDoneEvent, ExportErrorEvent, ExportProgressEvent, ExportSignInEvent, ExportStartEvent } from "./events.ts";
import { exportSession, type ExportJob } from "./export.ts";
import { focused, giveBack } from "./focus.ts";
import type { Format } from "./formats.ts";
import { Looking, someOf } from "./looking.ts";
import { savedSentence } from "./outcome.ts";
import { readFormat, readOptions, writeFormat, writeOptions } from "./preference.ts";
import { pick, type Place } from "./picker.ts";
import { Previewer } from "./previewer.ts";
import { download } from "./save.ts";
import { SessionFile, type Source } from "./session-file.ts";
import { Toast, type Tone } from "./toast.ts";
import type { Words } from "./words.ts";

/** What an export needs of the element around it. */
export interface Host {
  readonly words: Words;
  readonly storageKey: string;
  readonly source: Source;
  /** What the dialog starts from. */
  readonly selection: Selection | null;
  dispatchEvent: (event: Event) => boolean;
  append: (part: HTMLElement) => void;
  /** What gets the focus where nothing had it before. */
  readonly button: HTMLElement | null;
}

/** An export without a dialog: what the element's `exportNow()` takes. */
export interface ExportNow {
  format: Format;
  options?: Choice["options"];
  selection?: Selection | null;
  /** The file's name, exactly; the format's own when absent. */
  filename?: string;
}

export class Exporter {
  readonly #host: Host;
  #dialog: ExportDialog | null = null;
  /** What had the focus before the dialog. */
  #before: HTMLElement | null = null;
  #toast: Toast | null = null;
  #running: AbortController | null = null;
  #file: SessionFile | null = null;
  #previewer: Previewer | null = null;
  readonly #looking = new Looking();
  /** Converted, and waiting for the tap that shares them. */
  #ready: (Ready & { format: Format }) | null = null;
  /** What the preview calls the file. */
  #named = "session";

  constructor(host: Host) {
    this.#host = host;
  }

  /** Whether the dialog is open, or an export runs without it. */
  get busy(): boolean {
    return this.#running !== null;
  }

  /** Open the dialog, with a format chosen or the one that was used last. */
  open(format?: Format): void {
    const { words, storageKey, selection } = this.#host;
    this.#before = focused();
    this.#start();
    this.#dialog ??= this.#makeDialog();
    this.#dialog.open(words, format ?? readFormat(storageKey), selection, this.#file?.numbers?.length ?? 1);
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
    this.#toast?.hide();
  }

  async copyMarkdown(): Promise<void> {
    const { t } = this.#host.words;
    await this.#alone(t("ui.copying"), async (file) => {
      await this.#copy({ format: "markdown", options: {}, select: this.#host.selection ?? {}, spans: null }, file);
    });
  }

  /** Export without a dialog, and save. */
  async now({ format, options = {}, selection, filename }: ExportNow): Promise<void> {
    const { t } = this.#host.words;
    await this.#alone(t("ui.exporting"), async (file) => {
      this.#host.dispatchEvent(new ExportStartEvent({ format }));
      const exported = await exportSession(this.#job({ format, options, select: selection ?? {}, spans: null }, file, filename));
      await download(exported.map((one) => one.file));
      this.#saved(format, { exported, refused: false });
    });
  }

  /** The numbers of the messages that a selection takes, in the order to show. */
  async select(selection: Selection, signal: AbortSignal): Promise<number[]> {
    return this.#looking.select(this.#host.source, selection, signal);
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
      onChoice: (request) => {
        this.#previewer?.ask(request);
      },
      onMore: (request) => {
        this.#previewer?.more(request);
      },
      remembered: (format) => readOptions(this.#host.storageKey, format),
      onClose: () => {
        this.stop();
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
      const place = await pick(wantedOf(choice, file?.numbers?.length ?? 1, this.#named));
      if (place === "dismissed") return;
      if (this.#file === file) await this.#export(choice, place);
      else await place?.leave();
    } catch (error) {
      this.#failed(error, choice.format);
    }
  }

  async #export(choice: Choice, place: Place | null = null): Promise<void> {
    const { format, options } = choice;
    const { storageKey } = this.#host;
    const file = this.#file;
    if (file === null) return;
    writeFormat(storageKey, format);
    writeOptions(storageKey, format, options);
    this.#show({ step: "busy" });
    this.#host.dispatchEvent(new ExportStartEvent({ format }));
    try {
      const exported = await exportSession(this.#job(choice, file));
      const delivery = await deliver(exported, place, file.signal);
      if ("files" in delivery) {
        this.#ready = { ...delivery, format };
        this.#show({ step: "ready", names: delivery.files.map(({ name }) => name), asText: delivery.asText });
      } else this.#saved(format, delivery);
    } catch (error) {
      await place?.leave();
      if (!isAbort(error)) this.#failed(error, format);
    }
  }

  async #copyChosen(choice: Choice): Promise<void> {
    if (this.#file === null) return;
    this.#show({ step: "busy" });
    try {
      await this.#copy(choice, this.#file);
      this.#show({ step: "choose" });
    } catch (error) {
      if (!isAbort(error)) this.#failed(error, null);
    }
  }

  async #copy(choice: Choice, file: SessionFile): Promise<void> {
    const { t } = this.#host.words;
    const exported = exportSession(this.#job(choice, file));
    await copyText(exported.then((parts) => new Blob(parts.map((part) => part.file))));
    const format = t(`format.${choice.format}`);
    const some = choice.spans === null ? await someOf(file, choice.select) : null;
    this.#say(some === null ? t("ui.copied", { format }) : t("ui.copied_some", { format, ...some }), "good");
  }

  /** Do without the dialog: with a short message while it lasts, and one when it failed. */
  async #alone(busy: string, work: (file: SessionFile) => Promise<void>): Promise<void> {
    const running = this.#start();
    this.#say(busy, "busy");
    try {
      if (this.#file !== null) await work(this.#file);
    } catch (error) {
      this.#toast?.hide();
      if (!isAbort(error)) this.#say(this.#report(error).message, "bad");
    } finally {
      if (this.#running === running) this.stop();
    }
  }

  async #share(): Promise<void> {
    if (this.#ready === null) return;
    const { format } = this.#ready;
    const delivered = await shareReady(this.#ready);
    if (delivered !== null) this.#saved(format, delivered);
  }

  #saved(format: Format, { exported, refused }: Delivered): void {
    const names = exported.map(({ file }) => file.name);
    const bytes = exported.reduce((sum, one) => sum + one.bytes, 0);
    const notices = exported.flatMap((one) => one.notices);
    this.#ready = null;
    for (const { file, bytes: size, notices: own } of exported) {
      this.#host.dispatchEvent(new ExportDoneEvent({ format, filename: file.name, bytes: size, notices: own }));
    }
    const failed = exported.flatMap((one) => one.failed);
    if (notices.length + failed.length === 0 && !refused) this.#dialog?.close();
    else this.#show({ step: "done", names, bytes, notices, failed, refused });
    this.#say(savedSentence(names, bytes, this.#host.words), "good");
  }

  #failed(error: unknown, format: Format | null): void {
    const { t } = this.#host.words;
    const failure = this.#report(error);
    if (this.#dialog?.isOpen !== true) {
      this.#say(failure.message, "bad");
      return;
    }
    this.#show({ step: "failed", failure });
    // A choice to make is no failure to cry about.
    if (failure.remedy !== "parts" && format !== null) this.#say(t("ui.not_saved", { format: t(`format.${format}`) }), "bad");
  }

  #report(error: unknown): Failure {
    const failure = explain(error, this.#host.words);
    this.#host.dispatchEvent(new ExportErrorEvent({ code: failure.code, message: failure.message }));
    return failure;
  }

  #show(state: Parameters<ExportDialog["show"]>[0]): void {
    if (this.#dialog?.isOpen !== true) return;
    this.#dialog.show(state);
    this.#dialog.focusNext();
  }

  #job({ format, options, select, spans, together = false }: Choice, file: SessionFile, filename?: string): ExportJob {
    return {
      file,
      request: { to: format, options, select, ...(together && { together }) },
      spans,
      filename,
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
    this.#toast?.hide();
    const running = (this.#running = new AbortController());
    const file = (this.#file = new SessionFile(this.#host.source, running.signal));
    this.#previewer = new Previewer(file, {
      onSession: (session) => this.#dialog?.session(session),
      onPreview: (preview) => {
        this.#named = preview.filename;
        this.#dialog?.preview(preview);
      },
      onStale: (stale) => this.#dialog?.stale(stale),
      onInvalid: (failure) => this.#dialog?.invalid(failure),
      onAbsent: () => this.#dialog?.noPreview(),
    });
    return running;
  }

  #say(text: string, tone: Tone): void {
    if (this.#toast === null) {
      this.#toast = new Toast();
      this.#host.append(this.#toast.root);
    }
    this.#toast.show(text, tone, this.#host.words.t("ui.close"));
  }
}
