/** A command typed into the search of the list, which takes one: `/import`. */

export interface ListCommand {
  /** `started` may yet become one. */
  name: "import" | "export" | "started";
}

const NAMES = ["/import", "/export", ":export"] as const;

/** The command in what is typed, or null where it is words to look for: a title may begin with a slash too. */
export function commandIn(typed: string): ListCommand | null {
  const [word = "", ...rest] = typed.trim().toLowerCase().replace(/^／/, "/").replace(/^：/, ":").split(/\s+/);
  if (word === "/import" && rest.length === 0) return { name: "import" };
  if (word === "/export" || word === ":export") return { name: "export" };
  return word !== "" && rest.length === 0 && NAMES.some((name) => name.startsWith(word)) ? { name: "started" } : null;
}
