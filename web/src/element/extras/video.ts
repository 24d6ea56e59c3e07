/** The card "Video": how long and how large it will be, a picture of any moment of it, and its making, which is the page's own work. */
import { isAbort } from "../errors.ts";
import { fill, h } from "../../dom.ts";
import { formatBytes, formatDuration } from "../../format.ts";
import type { Redaction, WriteRequest } from "../../engine/protocol.ts";
import type { Choice } from "../dialog-state.ts";
import type { Exported } from "../export.ts";
import type { Extra, ExtraHost, Making } from "../extras.ts";
import { redactionOf } from "../redaction.ts";
import type { SessionFile } from "../session-file.ts";
import { partName, type Span } from "../spans.ts";
import { canFilm, film, Studio } from "./studio.ts";
import style from "./video.css?inline";

/** What plays a session without an encoder. */
const INSTEAD = ["player", "asciicast"] as const;
/** Somebody may still be choosing. */
const SETTLE_MS = 200;

export function makeExtra(host: ExtraHost): Extra {
  const { words, file } = host;
  const { t } = words;
  const studio = new Studio(host.engine.video);
  /** Films a little of it, which takes a while: not before a picture is shown, and no longer than somebody waits for it. */
  const scales = new Studio(host.engine.video);
  const leaving = new AbortController();
  let looking = new AbortController();
  let wanted = "";
  let possible = canFilm();

  const length = h("dd", {});
  const size = h("dd", {});
  const figures = h("dl", { class: "video-figures" }, h("dt", {}, t("ui.video_length")), length, h("dt", {}, t("ui.video_size")), size);
  const root = h("div", { class: "video" });
  const canvas = h("canvas", { class: "video-still", role: "img", "aria-label": t("ui.video_still"), width: 1280, height: 720 });
  const moment = h("input", { type: "range", class: "video-moment", min: 0, max: 1, value: 0, "aria-label": t("ui.video_moment"), disabled: true, oninput: () => { void show(); } });

  const preview = h("div", { class: "video-preview" }, canvas, moment);

  const draw = (): void => {
    fill(root, possible ? figures : absent(host, root));
    preview.hidden = !possible;
  };
  const say = (first: string, second: string): void => {
    length.textContent = first;
    size.textContent = second;
  };

  /** One picture at a time, and of those that wait only the last. */
  let drawing = false;
  let again = false;
  const show = async (): Promise<void> => {
    again = drawing;
    if (drawing) return;
    drawing = true;
    try {
      const picture = await studio.still(moment.valueAsNumber);
      canvas.width = picture.width;
      canvas.height = picture.height;
      canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(picture);
    } catch {
      // No video yet, or none any more: whoever asks for one hears why.
    }
    drawing = false;
    if (again) await show();
  };

  const look = async (request: WriteRequest, signal: AbortSignal): Promise<void> => {
    say(t("ui.video_measuring"), "…");
    try {
      await new Promise((resolve) => { setTimeout(resolve, SETTLE_MS); });
      signal.throwIfAborted();
      const open = await file.open();
      const { blob } = await open.export(file.about({ ...request, sessions: file.numbers?.slice(0, 1) ?? [0] }), signal);
      signal.throwIfAborted();
      const found = await studio.look(blob);
      signal.throwIfAborted();
      say(formatDuration(found.lengthMs, words.locale), found.possible ? "…" : "–");
      const share = Number(moment.max) > 1 ? moment.valueAsNumber / Number(moment.max) : 0.5;
      moment.max = String(found.lengthMs);
      moment.value = String(found.lengthMs * share);
      moment.disabled = false;
      if (found.possible !== possible) {
        possible = found.possible;
        draw();
        host.changed();
      }
      await show();
      signal.throwIfAborted();
      if (!possible) return;
      const bytes = await scales.size(blob);
      signal.throwIfAborted();
      size.textContent = t("ui.video_size_about", { size: formatBytes(bytes, words.locale) });
    } catch (error) {
      // What is wrong with the session or the choice, the preview's own look says.
      if (!isAbort(error)) say("–", "–");
    }
  };

  draw();
  return {
    root,
    style,
    preview,
    without: ["copy", "together"],
    apart: true,
    ready: () => possible,
    onChoice: (choice) => {
      const request = requestOf(choice);
      const now = JSON.stringify(request);
      if (!possible || now === wanted) return;
      wanted = now;
      looking.abort();
      scales.leave();
      looking = new AbortController();
      void look(request, AbortSignal.any([looking.signal, leaving.signal, file.signal]));
    },
    make: async (making) => {
      scales.leave();
      return make(host, making);
    },
    leave: () => {
      leaving.abort();
      studio.leave();
      scales.leave();
    },
  };
}

/** The browser cannot do it: says so, and leads to what plays a session all the same. */
function absent({ words: { t } }: ExtraHost, root: HTMLElement): HTMLElement {
  const choose = (format: string) => () => {
    const place = root.getRootNode();
    if (place instanceof Document || place instanceof ShadowRoot) place.getElementById(`format-${format}`)?.click();
  };
  return h(
    "div",
    { class: "group", role: "note" },
    h("p", { class: "about" }, t("ui.video_absent")),
    h("div", { class: "chips" }, ...INSTEAD.map((format) => h("button", { type: "button", class: "button slim", onclick: choose(format) }, t(`format.${format}`)))),
  );
}

/** What the engine is asked for, to be shown: where hiding is asked about first, nothing is settled yet. */
function requestOf({ format, options, select, hiding }: Choice): WriteRequest {
  const redact: Redaction | undefined = hiding.mode === "on" ? redactionOf(hiding, new Set()) : undefined;
  return { to: format, options, select, ...(redact !== undefined && { redact }) };
}

/** A video per session, or per part of one. */
async function make(host: ExtraHost, making: Making): Promise<Exported[]> {
  const { file } = host;
  const sources = making.spans?.map((span) => ({ source: file.part(span), span })) ?? [{ source: file, span: null }];
  const numbers = making.request.sessions ?? file.numbers ?? [0];
  const jobs = sources.flatMap((one) => numbers.map((number) => ({ ...one, number })));
  const made: Exported[] = [];
  for (const [index, { source, span, number }] of jobs.entries()) {
    made.push(await makeOne(host, making, { source, span, number, part: index + 1, parts: jobs.length }));
    if (span !== null) source.close();
  }
  return made;
}

interface Job {
  source: SessionFile;
  span: Span | null;
  number: number;
  part: number;
  parts: number;
}

async function makeOne({ words, engine }: ExtraHost, { request, signal, filename, onProgress }: Making, { source, span, number, part, parts }: Job): Promise<Exported> {
  const open = await source.open((done, total) => {
    if (!signal.aborted) onProgress({ phase: "receiving", done, total, part, parts });
  });
  signal.throwIfAborted();
  onProgress({ phase: "writing", done: 0, total: null, part, parts });
  const plan = await open.export({ ...request, sessions: [number] }, signal);
  const clock = (ms: number): string => formatDuration(ms, words.locale);
  const video = await film(engine.video, plan.blob, signal, (done, total) => {
    onProgress({ phase: "writing", done, total, part, parts, line: words.t("ui.video_progress", { done: clock(done), whole: clock(total) }) });
  });
  const name = filename ?? plan.filename;
  const made = new File([video], span === null ? name : partName(name, span), { type: plan.mediaType });
  return { file: made, bytes: made.size, notices: plan.notices, failed: [] };
}
