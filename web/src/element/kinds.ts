// Written by `make docs` from the table of kinds. Change that, not this.

/** What can be hidden, what weighs most first; patterns of one's own find `custom`. */
export const KINDS = [
  {"kind": "private-key", "group": "secrets"},
  {"kind": "api-key", "group": "secrets"},
  {"kind": "token", "group": "secrets"},
  {"kind": "password", "group": "secrets"},
  {"kind": "secret", "group": "secrets"},
  {"kind": "email", "group": "people"},
  {"kind": "phone", "group": "people"},
  {"kind": "user", "group": "people"},
  {"kind": "custom", "group": "custom"},
] as const;

export type Kind = (typeof KINDS)[number]["kind"];

/** The key of a kind's words. */
export const kindKey = <K extends Kind>(kind: K) => `ui.redact_kind_${kind}` as const;
