/** Installing the page as an app, where the browser offers it: the offer is kept until a person asks for it. */

/** Not in TypeScript's library: only Chromium has it. */
interface BeforeInstallPromptEvent extends Event {
  prompt: () => Promise<unknown>;
}

let offer: BeforeInstallPromptEvent | null = null;

export function keepInstallOffer(): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event as BeforeInstallPromptEvent;
  });
  addEventListener("appinstalled", () => { offer = null; });
}

/** Installs the app; null where the browser offers no way, or it is installed. Good for one press. */
export function installOffer(): (() => Promise<void>) | null {
  const kept = offer;
  if (kept === null) return null;
  return async () => {
    offer = null;
    await kept.prompt();
  };
}
