/** Text that is still being made, put on the clipboard. */
import { LocalError } from "./errors.ts";

/** Call it straight from a tap. The promise goes to the browser at once: waiting for it first would lose the tap's permission. */
export async function copyText(text: Promise<Blob>): Promise<void> {
  const plain = text.then(async (blob) => new Blob([await blob.text()], { type: "text/plain" }));
  try {
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": plain })]);
  } catch (error) {
    // What went wrong with the text says more than that it could not be written.
    await plain;
    throw new LocalError("clipboard_refused", error);
  }
}
