import { expect, test } from "vitest";

import type { FileInfo, SessionInfo } from "../../../src/engine/protocol.ts";
import { matching, sourceOf } from "../../../src/page/local/found.ts";

function session(id: string, title: string | null, app: string, updatedAt: number | null): SessionInfo {
  return { id, title, app, createdAt: null, updatedAt, messages: 1, numbered: 1, roles: [], branches: [], topics: false };
}

const INFO: FileInfo = {
  sessions: [session("one", "Tide tables", "codex", 10), session("two", null, "claude-code", null), session("three", "Ｔide pools", "cursor", 30)],
  files: [
    { name: "logs.zip", bytes: 1, readers: ["codex"], sessions: [0, 1], failures: [], notices: [] },
    { name: "state.vscdb", bytes: 1, readers: ["cursor"], sessions: [2], failures: [], notices: [] },
  ],
  notices: [],
};

test("without words every session is there, the newest first, those without a time last", () => {
  expect(matching(INFO, "  ")).toEqual([2, 0, 1]);
});

test("every word must stand in the title, the application, the file or the id", () => {
  expect(matching(INFO, "TIDE")).toEqual([2, 0]);
  expect(matching(INFO, "tide zip")).toEqual([0]);
  expect(matching(INFO, "claude")).toEqual([1]);
  expect(matching(INFO, "tide claude")).toEqual([]);
});

test("a session is named with what it was found in", () => {
  expect([0, 1, 2].map((number) => sourceOf(INFO, number))).toEqual(["logs.zip", "logs.zip", "state.vscdb"]);
});
