/** Registers `<session-export-menu>`: what the one script tag loads. */
import { SessionExportMenu } from "./session-export-menu.ts";

export * from "./session-export-menu.ts";

declare global {
  interface HTMLElementTagNameMap {
    "session-export-menu": SessionExportMenu;
  }
}

// Loaded twice, or by two parts of one page: the first registration stays.
// On a server there is nothing to register with.
const registry = (globalThis as Partial<typeof globalThis>).customElements;
if (registry !== undefined && registry.get("session-export-menu") === undefined) SessionExportMenu.define();
