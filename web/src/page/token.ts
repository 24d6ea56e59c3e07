/** The token: taken out of the address at once, so that no history, bookmark or picture holds it, and kept for this tab. */
import { guarded } from "../storage.ts";

const KEY = "py-export.token";
/** Where storage is blocked, the token lives as long as the page. */
let kept = "";

export function takeToken(): void {
  const address = new URL(location.href);
  const token = address.searchParams.get("token");
  if (token === null) return;
  keepToken(token);
  address.searchParams.delete("token");
  history.replaceState(history.state, "", address);
}

export function keepToken(token: string): void {
  kept = token;
  guarded(() => {
    sessionStorage.setItem(KEY, token);
  });
}

export function currentToken(): string {
  return kept === "" ? (guarded(() => sessionStorage.getItem(KEY)) ?? "") : kept;
}

/** The token in what a person pasted: an address that carries one, or the token alone. */
export function tokenIn(text: string): string {
  const given = text.trim();
  return (URL.canParse(given) ? new URL(given).searchParams.get("token") : null) ?? given;
}
