import { expect, test, vi } from "vitest";

import type { Choice } from "../../src/element/dialog.ts";
import type { Hiding } from "../../src/element/redaction.ts";
import type { SessionFile } from "../../src/element/session-file.ts";
import { Question, Settler } from "../../src/element/settling.ts";
import { wordsFor } from "../../src/element/words.ts";

// As the page's build has it: the file beside the element's own is built, and tests run on the sources.
vi.mock("../../src/element/extra-code.ts", async () => import("../../src/page/extra-code.ts"));

const settler = new Settler(() => wordsFor("en"), () => null);

function chosen(hiding: Hiding, spans: Choice["spans"] = null): Choice {
  return { format: "json", options: {}, select: {}, spans, hiding };
}

/** That a file was opened at all. */
const opened = vi.fn();

/** A file in which things are found, by the id of each. */
function holding(...ids: string[]): SessionFile {
  const hits = ids.map((id) => ({ id, kind: "token", group: "secrets", placeholder: "", text: id, count: 2, places: [{ session: 0, message: 1, before: "", text: id, after: "" }] }));
  const secrets = vi.fn().mockResolvedValue({ hits, notices: [], report: { sessions: [{}] } });
  const open = (): Promise<unknown> => {
    opened();
    return Promise.resolve({ secrets, info: { sessions: [] } });
  };
  return { open, numbers: null, signal: new AbortController().signal, part: ({ from }: { from: number }) => holding("both", `of ${from}`) } as unknown as SessionFile;
}

test("nothing is looked for where nothing is to be hidden, nor before what is hidden without asking", async () => {
  const file = holding("a");
  expect(await settler.unasked(chosen({ mode: "off", kinds: ["token"], patterns: ["x"] }), file)).toBeUndefined();
  expect(await settler.unasked(chosen({ mode: "on", kinds: ["token"], patterns: [] }), file)).toEqual({ kinds: ["token"] });
  expect(await settler.unasked(chosen({ mode: "ask", kinds: [], patterns: [] }), file)).toBeUndefined();
  expect(opened).not.toHaveBeenCalled();
});

test("where something is found it is asked about, and where nothing is, nothing is asked or hidden", async () => {
  const asking = chosen({ mode: "ask", kinds: ["token"], patterns: [] });
  await expect(settler.unasked(asking, holding("a"))).rejects.toBeInstanceOf(Question);
  expect(await settler.unasked(asking, holding())).toBeUndefined();
});

test("of parts, each is looked at, and what is the same in them counts once", async () => {
  const parts = [{ from: 1, to: 5 }, { from: 6, to: 9 }];
  expect(await settler.count(chosen({ mode: "ask", kinds: ["token"], patterns: [] }, parts), holding())).toBe(3);
});

test("only what is hidden without asking is hidden in the preview", () => {
  expect(settler.forPreview(chosen({ mode: "ask", kinds: ["token"], patterns: [] }))).toBeUndefined();
  expect(settler.forPreview(chosen({ mode: "on", kinds: ["token"], patterns: [] }))).toEqual({ kinds: ["token"] });
});
