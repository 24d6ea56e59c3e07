import { afterEach, expect, test, vi } from "vitest";

import { explain } from "../../../src/element/errors.ts";
import { fetchUsage } from "../../../src/element/extras/usage.ts";
import { wordsFor } from "../../../src/element/words.ts";

const ORIGIN = { endpoint: "https://function.example/", sessionId: "", token: "secret" };
const { signal } = new AbortController();

afterEach(() => {
  vi.unstubAllGlobals();
});

function answering(...answers: [status: number, body: object][]): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (url: string) => {
    asked.push(url.replace("https://function.example/api/analytics/export", ""));
    const [status, body] = answers.shift() ?? [500, {}];
    return Promise.resolve(new Response(JSON.stringify(body), { status }));
  });
  return asked;
}

const usage = async (period = ""): Promise<unknown> => fetchUsage(ORIGIN, false, () => period, signal, () => undefined);

test("everything is asked for first, whatever the period: it need not be asked for again", async () => {
  const asked = answering([200, { events: [] }]);
  expect(await usage("?from=2026-01-01")).toMatchObject({ partial: false });
  expect(asked).toEqual([""]);
});

test("where everything is too much, the period is asked for", async () => {
  const asked = answering([413, { code: "usage_too_large", count: 9, limit: 5 }], [200, { events: [] }]);
  expect(await usage("?from=2026-01-01")).toMatchObject({ partial: true });
  expect(asked).toEqual(["", "?from=2026-01-01"]);
});

test.each([
  [413, { code: "usage_too_large", count: 9000, limit: 5 }, "9,000", "retry"],
  [503, { code: "usage_pending", count: 3 }, "3 sessions", "retry"],
  [501, { code: "usage_not_kept" }, "Tick sessions", "none"],
  [401, { code: "unauthorized" }, wordsFor("en").t("ui.error_unauthorized"), "sign-in"],
])("a refusal with %d says what it means here", async (status, body, sentence, remedy) => {
  answering([status, body]);
  const failure = explain(await usage().catch((error: unknown) => error), wordsFor("en"));
  expect(failure.message).toContain(sentence);
  expect(failure).toMatchObject({ code: body.code, remedy });
});
