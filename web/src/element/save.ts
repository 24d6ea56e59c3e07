/** Files handed to the browser to keep: a download, or on an installed iOS app the share sheet, where a download would trap the person. */

/** Slow phones read the object URL long after the click. */
const URL_LIFETIME_MS = 60_000;

/** Download each file. Browsers drop a second click in the same task, so the clicks stand a moment apart. */
export async function download(files: readonly File[]): Promise<void> {
  for (const [index, file] of files.entries()) {
    if (index > 0) await new Promise((resolve) => setTimeout(resolve, 400));
    downloadOne(file);
  }
}

/** How files leave an app on an iOS home screen; elsewhere a download does. `refused`: it shares none of these, in no type. */
export type Way = "download" | "refused" | { share: readonly File[]; asText: boolean };

export function wayOf(files: readonly File[], browser: Browser = globalThis.navigator): Way {
  if (!isInstalledIos(browser)) return "download";
  const shares = (some: readonly File[]): boolean => browser.canShare?.({ files: [...some] }) ?? false;
  if (shares(files)) return { share: files, asText: false };
  const texts = files.map(asText);
  return texts.every((file) => file !== null) && shares(texts) ? { share: texts, asText: true } : "refused";
}

/** The same bytes as the one type that every share sheet takes; null of what is no text. */
function asText(file: File): File | null {
  if (!/^(text\/|application\/(json|jsonl|x-ndjson)\b)/.test(file.type)) return null;
  return new File([file], `${file.name}.txt`, { type: "text/plain" });
}

/**
 * Share the files, alone: a title or a text beside them breaks iOS. Call it straight from a tap.
 * Gives "again" where the tap's permission had expired, so that the button can be offered once more, and "refused" where the
 * browser had promised more than it holds.
 */
export async function share(files: readonly File[]): Promise<"shared" | "dismissed" | "again" | "refused"> {
  try {
    await navigator.share({ files: [...files] });
    return "shared";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return "dismissed";
    return error instanceof DOMException && error.name === "NotAllowedError" ? "again" : "refused";
  }
}

/** What is asked of `navigator`; `standalone` is Safari's own. */
export type Browser = Pick<Navigator, "userAgent" | "maxTouchPoints"> & {
  standalone?: boolean;
  canShare?: (data: { files: File[] }) => boolean;
};

/** Whether files go through the share sheet here: to others, as likely as not. */
export function sharesFiles(): boolean {
  return isInstalledIos(globalThis.navigator);
}

function isInstalledIos(browser: Browser): boolean {
  // An iPad calls itself a Mac; a Mac has no touch points.
  const ios = /iPhone|iPad|iPod/.test(browser.userAgent) || (browser.userAgent.includes("Macintosh") && browser.maxTouchPoints > 1);
  return ios && (browser.standalone ?? globalThis.matchMedia("(display-mode: standalone)").matches);
}

function downloadOne(file: File): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = file.name;
  link.rel = "noopener";
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  const revoke = (): void => {
    clearTimeout(timer);
    removeEventListener("pagehide", revoke);
    URL.revokeObjectURL(url);
  };
  const timer = setTimeout(revoke, URL_LIFETIME_MS);
  addEventListener("pagehide", revoke);
}
