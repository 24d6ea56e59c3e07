// Exports with what sets PDFs, where the format needs it: fetched first, and fonts once more where the text turns out to need others.
import type { ExportRequest, Progress } from "../protocol.ts";
import type { Outcome } from "./export.ts";
import type { Interrupt } from "./interrupt.ts";
import { Typesetter } from "./typesetter.ts";

/** What is used of the desk. */
interface Setting {
  readonly typesetter: Typesetter;
  readonly interrupt: Interrupt;
}

/** @param run Exports, from the beginning: which fonts a text needs is known when all of it is laid out. */
export async function exportSet(
  { typesetter, interrupt }: Setting,
  { request, standing }: { request: ExportRequest; standing: string },
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
  run: () => Promise<Outcome>,
): Promise<Outcome> {
  let fonts = Typesetter.fontsFor(request.to);
  if (fonts === null) return run();
  for (;;) {
    if (typesetter.lacks(fonts)) {
      interrupt.rest();
      try {
        await typesetter.add(fonts, signal, (done, total) => { onProgress({ done, total, fetching: true }); });
      } catch (error) {
        if (signal.aborted) return "aborted";
        return { failure: { code: "engine_unavailable", where: "", params: { kind: error instanceof Error ? error.name : typeof error } } };
      }
      interrupt.watch(standing);
      if (signal.aborted) return "aborted";
    }
    const outcome = await run();
    fonts = fontsMissing(outcome);
    if (!typesetter.lacks(fonts)) return outcome;
  }
}

/** The fonts that are not there, as an export says that it needs them. */
function fontsMissing(outcome: Outcome): string[] {
  if (outcome === "aborted" || !("failure" in outcome) || outcome.failure.code !== "fonts_missing") return [];
  return String(outcome.failure.params["part"]).split(",");
}
