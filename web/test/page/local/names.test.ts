import { expect, test } from "vitest";

import { distinct } from "../../../src/page/local/names.ts";

const named = (...names: string[]): string[] => distinct(names.map((name) => ({ name, blob: new Blob() }))).map(({ name }) => name);

test("files of one name are told apart, before their extension", () => {
  expect(named("a.md", "a.md", "x/a.md", "a.md")).toEqual(["a.md", "a (2).md", "x/a.md", "a (3).md"]);
});

test("a number that a name already has is not given twice", () => {
  expect(named("a (2).md", "a.md", "a.md")).toEqual(["a (2).md", "a.md", "a (3).md"]);
});

test("a folder's dot and a hidden file's are no extension", () => {
  expect(named("v1.2/log", "v1.2/log", ".env", ".env")).toEqual(["v1.2/log", "v1.2/log (2)", ".env", ".env (2)"]);
});

test("a path has no empty parts, and no file is without a name", () => {
  expect(named("/logs//a.jsonl", "", "")).toEqual(["logs/a.jsonl", "file", "file (2)"]);
});
