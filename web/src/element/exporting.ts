/** The export behind the element. Its code comes at the first sign of intent, where it did not come with the element. */
import { unlessAborted } from "../abort.ts";
import type { Selection } from "../engine/protocol.ts";
import { isAbort } from "./errors.ts";
import { exporterCode } from "./exporter-code.ts";
import type { Exporter } from "./exporter.ts";
import type { Format } from "./formats.ts";
import type { ExportNow, Host } from "./host.ts";
import { Teller } from "./telling.ts";

/** Code that comes within this time needs no word about it. */
const PATIENCE_MS = 300;

export class Exporting {
  readonly #host: Host;
  readonly #teller: Teller;
  #exporter: Exporter | null = null;
  /** Who waits for the code: let go when the element leaves. */
  #waiting: AbortController | null = null;

  constructor(host: Host) {
    this.#host = host;
    this.#teller = new Teller(host);
  }

  /** Whether a dialog is open or asked for, or an export runs without one. */
  get busy(): boolean {
    return this.#waiting !== null || this.#exporter?.busy === true;
  }

  prepare(): void {
    // Whoever asks for more hears why it does not come.
    if (this.#exporter === null) void this.#make().catch(() => undefined);
  }

  async open(format?: Format): Promise<void> {
    await this.#use((exporter) => { exporter.open(format); });
  }

  async copyMarkdown(): Promise<void> {
    await this.#use(async (exporter) => exporter.copyMarkdown());
  }

  async now(request: ExportNow): Promise<void> {
    await this.#use(async (exporter) => exporter.now(request));
  }

  async select(selection: Selection, signal: AbortSignal): Promise<number[]> {
    const exporter = this.#exporter ?? (await unlessAborted(this.#make(), signal));
    return exporter.select(selection, signal);
  }

  readonly stop = (): void => {
    this.#waiting?.abort();
    this.#exporter?.stop();
  };

  close(): void {
    this.#waiting?.abort();
    if (this.#exporter === null) this.#teller.hide();
    else this.#exporter.close();
  }

  /** At once where the code is there: what a tap allows is good for this call only. */
  async #use(work: (exporter: Exporter) => Promise<void> | void): Promise<void> {
    const exporter = this.#exporter ?? (await this.#wait());
    if (exporter !== null) await work(exporter);
  }

  /** Null where the element has left meanwhile, and where the code does not come, which is said. */
  async #wait(): Promise<Exporter | null> {
    this.#waiting?.abort();
    const waiting = (this.#waiting = new AbortController());
    const timer = setTimeout(() => { this.#teller.say(this.#host.words.t("ui.loading"), "busy"); }, PATIENCE_MS);
    try {
      const exporter = await unlessAborted(this.#make(), waiting.signal);
      this.#teller.hide();
      return exporter;
    } catch (error) {
      this.#teller.hide();
      if (!isAbort(error)) this.#teller.say(this.#teller.report(error).message, "bad");
      return null;
    } finally {
      clearTimeout(timer);
      if (this.#waiting === waiting) this.#waiting = null;
    }
  }

  async #make(): Promise<Exporter> {
    const Code = await exporterCode();
    return (this.#exporter ??= new Code(this.#host, this.#teller));
  }
}
