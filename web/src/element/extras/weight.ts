/** What a format fetches before it can be written, said before it is: how much, and that it is only once. */
import type { Engine } from "../../engine/client.ts";
import type { Weight } from "../../engine/protocol.ts";
import { formatBytes } from "../../format.ts";
import type { Words } from "../words.ts";
import { extraWords } from "./words.ts";

/** Ask the engine, once it has started, and say it. Null where nothing is fetched. */
export async function weigh(engine: Engine, format: string, words: Words): Promise<string | null> {
  return weightSentence(await engine.weight(format), extraWords(words));
}

export function weightSentence({ missing, fonts }: Weight, { t, locale }: Words): string | null {
  const size = formatBytes(missing, locale);
  const ofFonts = fonts === 0 ? null : t("ui.weight_fonts", { size: formatBytes(fonts, locale) });
  if (missing === 0) return ofFonts;
  if (!navigator.onLine) return t("ui.weight_offline", { size });
  const first = t("ui.weight", { size });
  return ofFonts === null ? first : t("ui.weight_both", { first, fonts: ofFonts });
}
