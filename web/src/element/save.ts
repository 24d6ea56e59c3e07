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

/** Whether files must go through the share sheet: an app on an iOS home screen that can share these. */
export function mustShare(files: readonly File[], browser: Browser = globalThis.navigator): boolean {
  return isInstalledIos(browser) && (browser.canShare?.({ files: [...files] }) ?? false);
}

/**
 * Share the files, alone: a title or a text beside them breaks iOS. Call it straight from a tap.
 * Gives "again" where the tap's permission had expired, so that the button can be offered once more.
 */
export async function share(files: readonly File[]): Promise<"shared" | "dismissed" | "again"> {
  try {
    await navigator.share({ files: [...files] });
    return "shared";
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return "dismissed";
    if (error instanceof DOMException && error.name === "NotAllowedError") return "again";
    throw error;
  }
}

/** What is asked of `navigator`; `standalone` is Safari's own. */
export type Browser = Pick<Navigator, "userAgent" | "maxTouchPoints"> & {
  standalone?: boolean;
  canShare?: (data: { files: File[] }) => boolean;
};

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
