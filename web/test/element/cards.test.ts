import { expect, test } from "vitest";

import { cardsOf, GROUPS } from "../../src/element/cards.ts";
import { FORMATS } from "../../src/element/formats.ts";

test("every format stands on one card, in one of the groups", () => {
  const cards = cardsOf(null);
  expect(cards.flatMap(({ formats }) => formats).toSorted()).toEqual(FORMATS.map(({ id }) => id).toSorted());
  expect(cards.every(({ group }) => GROUPS.includes(group))).toBe(true);
  expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length);
});

test("a format of the session stands among the session's", () => {
  const session = new Set<string>(FORMATS.filter(({ kind }) => kind === "session").map(({ id }) => id));
  for (const { group, formats } of cardsOf(null)) expect(formats.every((format) => session.has(format) === (group === "session"))).toBe(true);
});

test("a host offers some kinds and no others", () => {
  const cards = cardsOf(["session"]);
  expect(cards.map(({ id }) => id)).toContain("markdown");
  expect(cards.every(({ group }) => group === "session")).toBe(true);
  expect(cardsOf(["nothing"])).toEqual([]);
});

test("of what all sessions took there are tables and reports, and nothing that was said", () => {
  const formats = cardsOf(["session"], true).flatMap((card) => [...card.formats]);
  expect(formats).toEqual(["csv", "tool-calls-csv", "sessions-csv", "pdf", "analytics-json"]);
});
