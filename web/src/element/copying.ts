/** A document put on the clipboard, and what is said of it. */
import { copyText } from "./clipboard.ts";
import type { Choice } from "./dialog.ts";
import type { Exported } from "./export.ts";
import { someOf } from "./looking.ts";
import type { SessionFile } from "./session-file.ts";
import type { Words } from "./words.ts";

/** Call it straight from a tap, while the document is still being made. Gives the sentence for the person. */
export async function copyDocument(exported: Promise<readonly Exported[]>, choice: Choice, file: SessionFile, { t }: Words): Promise<string> {
  await copyText(exported.then((parts) => new Blob(parts.map((part) => part.file))));
  const format = t(`format.${choice.format}`);
  const some = choice.spans === null ? await someOf(file, choice.select) : null;
  return some === null ? t("ui.copied", { format }) : t("ui.copied_some", { format, ...some });
}
