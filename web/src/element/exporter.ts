/** An export as a person goes through it: dialog, conversion, saving, and what is said of it. One signal stops whatever runs. */
import { copyText } from "./clipboard.ts";
import { ExportDialog, type Choice } from "./dialog.ts";
import { explain, isAbort, type Remedy } from "./errors.ts";
import { ExportDoneEvent, ExportErrorEvent, ExportProgressEvent, ExportSignInEvent, ExportStartEvent } from "./events.ts";
import { exportSession, type Exported, type ExportJob } from "./export.ts";
import type { Format } from "./formats.ts";
import { readFormat, writeFormat } from "./preference.ts";
import { download, mustShare, share } from "./save.ts";
import { Toast, type Tone } from "./toast.ts";
import type { Words } from "./words.ts";

/** What an export needs of the element around it. */
export interface Host {
  readonly words: Words;
  readonly storageKey: string;
  readonly source: Pick<ExportJob, "engine" | "payload" | "origin">;
  dispatchEvent: (event: Event) => boolean;
  append: (part: HTMLElement) => void;
  returnFocus: () => void;
}

export class Exporter {
  readonly #host: Host;
  #dialog: ExportDialog | null = null;
  #toast: Toast | null = null;
  #running: AbortController | null = null;
  /** Converted, and waiting for the tap that shares them. */
  #ready: { format: Format; exported: readonly Exported[] } | null = null;

  constructor(host: Host) {
    this.#host = host;
  }

  /** Open the dialog, with a format chosen or the one that was used last. */
  open(format?: Format): void {
    this.stop();
    this.#dialog ??= this.#makeDialog();
    this.#dialog.open(this.#host.words, format ?? readFormat(this.#host.storageKey));
  }

  /** Stop what runs: the fetch, the worker and everything between. Nothing is saved and nothing is said. */
  readonly stop = (): void => {
    this.#running?.abort();
    this.#running = null;
  };

  /** Leave: stop, and take away what is shown. */
  close(): void {
    this.stop();
    this.#dialog?.close();
    this.#toast?.hide();
  }

  async copyMarkdown(): Promise<void> {
    const { words } = this.#host;
    const running = this.#start();
    this.#say(words.t("ui.copying"), "busy");
    try {
      const exported = exportSession(this.#job({ format: "markdown", spans: null }, running.signal));
      await copyText(exported.then(([first]) => first?.file ?? new Blob()));
      this.#say(words.t("ui.copied"), "good");
    } catch (error) {
      this.#toast?.hide();
      if (!isAbort(error)) this.#report(error, (message) => { this.#say(message, "bad"); });
    } finally {
      this.#finish(running);
    }
  }

  #makeDialog(): ExportDialog {
    const dialog = new ExportDialog({
      onExport: (choice) => void this.#export(choice),
      onSignIn: (choice) => {
        if (this.#host.dispatchEvent(new ExportSignInEvent())) void this.#export(choice);
        else dialog.close();
      },
      onShare: () => void this.#share(),
      onClose: () => {
        this.stop();
        this.#ready = null;
        this.#host.returnFocus();
      },
    });
    this.#host.append(dialog.root);
    return dialog;
  }

  async #export(choice: Choice): Promise<void> {
    const { format } = choice;
    writeFormat(this.#host.storageKey, format);
    const running = this.#start();
    this.#show({ step: "busy" });
    this.#host.dispatchEvent(new ExportStartEvent({ format }));
    try {
      const exported = await exportSession(this.#job(choice, running.signal));
      const files = exported.map(({ file }) => file);
      if (mustShare(files)) {
        this.#ready = { format, exported };
        this.#show({ step: "ready", names: files.map(({ name }) => name) });
      } else {
        await download(files);
        this.#saved(format, exported);
      }
    } catch (error) {
      if (!isAbort(error)) this.#failed(error, format);
    } finally {
      this.#finish(running);
    }
  }

  async #share(): Promise<void> {
    if (this.#ready === null) return;
    const { format, exported } = this.#ready;
    try {
      // Nothing is awaited before this: the tap's permission is good for this call only.
      if ((await share(exported.map(({ file }) => file))) === "shared") this.#saved(format, exported);
    } catch (error) {
      this.#failed(error, format);
    }
  }

  #saved(format: Format, exported: readonly Exported[]): void {
    const { t } = this.#host.words;
    const names = exported.map(({ file }) => file.name);
    const notices = exported.flatMap((one) => one.notices);
    this.#ready = null;
    for (const { file, bytes, notices: own } of exported) {
      this.#host.dispatchEvent(new ExportDoneEvent({ format, filename: file.name, bytes, notices: own }));
    }
    if (notices.length === 0) this.#dialog?.close();
    else this.#show({ step: "done", names, notices });
    const [filename = ""] = names;
    this.#say(names.length === 1 ? t("ui.saved", { filename }) : t("ui.saved_files", { count: names.length }), "good");
  }

  #failed(error: unknown, format: Format): void {
    const { t } = this.#host.words;
    this.#report(error, (message, remedy, failure) => {
      if (this.#dialog?.isOpen !== true) {
        this.#say(message, "bad");
        return;
      }
      this.#show({ step: "failed", failure });
      // A choice to make is no failure to cry about.
      if (remedy !== "parts") this.#say(t("ui.not_saved", { format: t(`format.${format}`) }), "bad");
    });
  }

  #report(error: unknown, tell: (message: string, remedy: Remedy, failure: ReturnType<typeof explain>) => void): void {
    const failure = explain(error, this.#host.words);
    tell(failure.message, failure.remedy, failure);
    this.#host.dispatchEvent(new ExportErrorEvent({ code: failure.code, message: failure.message }));
  }

  #show(state: Parameters<ExportDialog["show"]>[0]): void {
    this.#dialog?.show(state);
    this.#dialog?.focusNext();
  }

  #job({ format, spans }: Choice, signal: AbortSignal): ExportJob {
    return {
      ...this.#host.source,
      format,
      spans,
      signal,
      onProgress: (progress) => {
        if (this.#dialog?.isOpen === true) this.#dialog.progress(progress);
        const { phase, done, total } = progress;
        this.#host.dispatchEvent(new ExportProgressEvent({ phase, done, total }));
      },
    };
  }

  #start(): AbortController {
    this.stop();
    this.#toast?.hide();
    return (this.#running = new AbortController());
  }

  #finish(running: AbortController): void {
    if (this.#running === running) this.#running = null;
  }

  #say(text: string, tone: Tone): void {
    if (this.#toast === null) {
      this.#toast = new Toast();
      this.#host.append(this.#toast.root);
    }
    this.#toast.show(text, tone, this.#host.words.t("ui.close"));
  }
}
