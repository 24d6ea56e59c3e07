/** The browser's storage where it is allowed; where it is not, what is written is forgotten and nothing breaks. */

/** Blocked site data makes the mere mention of a storage throw; a full one throws on writing. */
export function guarded<T>(use: () => T): T | null {
  try {
    return use();
  } catch {
    return null;
  }
}
