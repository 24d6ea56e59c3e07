import { expect, test } from "vitest";

import { wordsFor } from "../../src/element/words.ts";
import { eventSentence } from "../../src/page/event.ts";

const en = wordsFor("en");
const event = (name: string, data: Record<string, unknown>): Parameters<typeof eventSentence>[0] => ({ type: "event", name, data });

test("an event's sentence is filled from its data, a duration as a duration", () => {
  expect(eventSentence(event("turn-duration", { durationMs: 65_000 }), en)).toBe("Turn: 1 min 5 sec");
});

test("a sentence that the data does not fill is not said", () => {
  expect(eventSentence(event("turn-duration", {}), en)).toBeNull();
  expect(eventSentence(event("turn-duration", { durationMs: { odd: 1 } }), en)).toBeNull();
});

test("braces that the source itself wrote are no unfilled place", () => {
  expect(eventSentence(event("title-changed-to", { title: "{title}" }), en)).toContain("{title}");
});

test("an event that no file knows has no sentence", () => {
  expect(eventSentence(event("of-the-future", { a: 1 }), en)).toBeNull();
});
