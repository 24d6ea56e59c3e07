import { describe, expect, it } from "vitest";

import { linesOf } from "../../src/element/extras/diff-lines.ts";

const kinds = (patch: string): string[] => linesOf(patch).map(({ kind, text }) => `${kind}: ${text.trimEnd().replaceAll("\n", "|")}`);

const FILE = "diff --git a/x b/x\nindex 1..2\n--- a/x\n+++ b/x\n";

describe("linesOf", () => {
  it("tells heads, places, and lines that were added, removed and kept", () => {
    expect(kinds(`${FILE}@@ -1,2 +1,2 @@\n one\n-two\n+2\n`)).toEqual([
      "head: diff --git a/x b/x|index 1..2|--- a/x|+++ b/x",
      "place: @@ -1,2 +1,2 @@",
      "text:  one",
      "removed: -two",
      "added: +2",
    ]);
  });

  it("takes no changed line for a head, however it begins", () => {
    expect(kinds(`${FILE}@@ -1 +1,2 @@\n--- a/x\n+++ b/x\n+@@ -1 +1 @@\ndiff --git a/y b/y\n`).slice(1)).toEqual([
      "place: @@ -1 +1,2 @@",
      "removed: --- a/x",
      "added: +++ b/x|+@@ -1 +1 @@",
      "head: diff --git a/y b/y",
    ]);
  });

  it("counts no remark on an end that is missing", () => {
    expect(kinds(`${FILE}@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file\n--- a/x\n`).slice(2)).toEqual([
      "removed: -a",
      "text: \\ No newline at end of file",
      "added: +b",
      "text: \\ No newline at end of file",
      "head: --- a/x",
    ]);
  });

  it("lets what a mail says be text", () => {
    const mail = "From 0000 Mon Sep 17 00:00:00 2001\nSubject: x\n\n--- a/x\n@@ -1 +1 @@\n---\n\n";
    expect(kinds(`${mail}${FILE}@@ -0,0 +1 @@\n+a\n-- \npy-export\n\n${mail}`).map((line) => line.split(":")[0])).toEqual(["text", "head", "place", "added", "text"]);
  });

  it("loses no character, wherever the beginning of a patch ends", () => {
    const patch = `${FILE}@@ -1,2 +1,2 @@\n one\r\n-two\u2028\n+2\n\\ No newline at end of file\n`;
    for (let end = 0; end <= patch.length; end += 1) {
      expect(linesOf(patch.slice(0, end)).map(({ text }) => text).join("")).toBe(patch.slice(0, end));
    }
  });
});
