import { expect, test } from "vitest";

import { complete } from "../../../src/page/command/complete.ts";

const IDS = ["json", "markdown", "html", "hfs-json", "maichat-json"] as const;
const COMMANDS = [":export", "/export", "/import"];

/** The texts offered at the caret, which a bar marks. */
function offered(marked: string, commands = COMMANDS): string[] | null {
  const caret = marked.indexOf("|");
  return complete(marked.replace("|", ""), caret, IDS, commands)?.items.map(({ text }) => text.trim()) ?? null;
}

/** The line after the first of them was taken. */
function taken(marked: string): string | null {
  const line = marked.replace("|", "");
  const found = complete(line, marked.indexOf("|"), IDS, COMMANDS);
  const item = found?.items[0];
  return found === null || item === undefined ? null : line.slice(0, found.from) + item.text + line.slice(found.to);
}

test("an empty line offers predicates and commands", () => {
  expect(offered("|")).toEqual(expect.arrayContaining(["r20", "c''", ":export", "/export", "/import"]));
});

test.each([
  ["r|", "r20"],
  ["s2 & c|", "s2 & c''"],
  ["(s2|", null],
  ["s2 :ex|", "s2 :export "],
  ["s2 :|", "s2 :export "],
  ["/im|", "/import "],
  [":export m|", ":export md "],
  [":export md --o|", ":export md --order "],
  [":export --order to|", ":export --order topic "],
  [":export --order |", ":export --order time "],
  [":export —f|", ":export --filename "],
  ["/export h|", "/export html "],
  ["／ex|", "/export "],
])("%s becomes %s", (marked, line) => {
  expect(taken(marked)).toBe(line);
});

test("a value is not taken for a predicate, nor a quoted text for a command", () => {
  for (const marked of ["r2|", "d<7d|", "c'r|", "c':ex|", "d<6m|"]) expect(offered(marked)).toBeNull();
});

test("what is there already is not offered again", () => {
  expect(offered(":export md |")).toEqual(["--order", "--filename"]);
  expect(offered(":export md --order topic |")).toEqual(["--filename"]);
  expect(offered(":export --filename a.md |")).toContain("html");
  expect(offered(":export --filename a.md |")).not.toContain("--filename");
  expect(offered(":export --filename |")).toBeNull();
  expect(offered(":export --filename 'a |")).toBeNull();
});

test("the middle of a word offers nothing", () => {
  expect(offered(":ex|port")).toBeNull();
  expect(offered(":exp| md")).toEqual([":export"]);
});

test("a line that takes one command offers no other", () => {
  expect(offered("/|", ["/import"])).toEqual(["/import"]);
  expect(offered("/export |", ["/import"])).toBeNull();
});

test("a short name is offered before the ids, once", () => {
  const names = offered("/export |");
  expect(names?.slice(0, 3)).toEqual(["md", "json", "txt"]);
  expect(new Set(names).size).toBe(names?.length);
});
