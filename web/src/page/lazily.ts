/** Code that is fetched when it is first asked for. Where it does not come, that is said: a press must not end in nothing. */
import type { App } from "./app.ts";
import { say } from "./hint.ts";

export function lazily<Code>(app: App, coming: Promise<Code>, use: (code: Code) => void): void {
  coming.then(use, () => { say(app.words.t("ui.error_network")); });
}
