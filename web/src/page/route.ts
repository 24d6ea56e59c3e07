/** The page's addresses: a hash, so that they work below any path and need nothing of a server. */
export type Route = { name: "list"; query: string } | { name: "session"; id: string } | { name: "local"; session: number | null };

/** What is open on this device. */
export const LOCAL_ADDRESS = "#/local";

export function parseRoute(hash: string): Route {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [name, id] = path.split("/", 2);
  if (name === "sessions" && id !== undefined && id !== "") return { name: "session", id: decoded(id) };
  if (name === "local") return { name: "local", session: id !== undefined && /^\d{1,9}$/.test(id) ? Number(id) : null };
  return { name: "list", query: new URLSearchParams(search).get("q") ?? "" };
}

export function sessionAddress(id: string): string {
  return `#/sessions/${encodeURIComponent(id)}`;
}

export function localAddress(session: number): string {
  return `${LOCAL_ADDRESS}/${session}`;
}

export function listAddress(query: string): string {
  return query === "" ? "#/" : `#/?${new URLSearchParams({ q: query }).toString()}`;
}

// An address typed by hand may hold a percent sign that means nothing.
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
