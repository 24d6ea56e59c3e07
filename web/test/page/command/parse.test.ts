import { expect, test } from "vitest";

import { parse, type ErrorCode, type ExportCommand } from "../../../src/page/command/parse.ts";

const IDS = ["json", "markdown", "html", "text", "pairs", "jsonl", "sidepanel-json", "hfs-json", "maichat-json"] as const;

function exported(line: string): ExportCommand {
  const { command, error } = parse(line, IDS);
  expect(error).toBeNull();
  if (command?.name !== "export") throw new Error(`no export: ${line}`);
  return command;
}

test("a line without a command is a filter, and an empty one is an empty filter", () => {
  expect(parse("  r20 & s>=2 ", IDS)).toEqual({ filter: { text: "r20 & s>=2", at: 2 }, command: null, error: null });
  expect(parse("   ", IDS).filter).toEqual({ text: "", at: 0 });
});

test.each([
  ["r20 :export", "maichat-json"],
  [":export json", "maichat-json"],
  [":export md", "pairs"],
  [":export txt", "text"],
  [":EXPORT MD", "pairs"],
  [":export markdown", "markdown"],
  [":export hfs-json", "hfs-json"],
  ["：export　md", "pairs"],
])("%o exports %s", (line, format) => {
  expect(exported(line)).toMatchObject({ format, options: {} });
});

test.each([
  ["/export", "markdown", { style: "trace" }],
  ["/export md", "markdown", { style: "trace" }],
  ["/export json", "hfs-json", {}],
  ["  /export txt", "text", {}],
  ["/export markdown", "markdown", {}],
  ["／export html", "html", {}],
])("%o exports %s with %o", (line, format, options) => {
  expect(exported(line)).toMatchObject({ format, options });
});

test.each(IDS)("every format has its own id as a name, behind either sign: %s", (id) => {
  for (const sign of [":", "/"]) {
    const { format } = exported(`${sign}export ${id}`);
    if (id === "json") expect(format).toBe(sign === ":" ? "maichat-json" : "hfs-json");
    else expect(format).toBe(id);
  }
});

test("the filter stands before the command, as it was written", () => {
  expect(parse(" c'a:b' & (s2|e)  :export md", IDS).filter).toEqual({ text: "c'a:b' & (s2|e)", at: 1 });
});

test.each([
  ["c':export md'", "in single quotes"],
  ['c":export md"', "in double quotes"],
  [String.raw`c'it\'s :export'`, "behind an escaped quote"],
  ["(r20 :export md)", "in parentheses"],
  ["c'open :export md", "behind a quote that is never closed"],
])("%s holds no command: it stands %s", (line) => {
  expect(parse(line, IDS)).toEqual({ filter: { text: line, at: 0 }, command: null, error: null });
});

test("a command with a slash has no filter: what is shown stays", () => {
  expect(parse("/import", IDS)).toEqual({ filter: null, command: { name: "import" }, error: null });
  expect(parse("/export md", IDS).filter).toBeNull();
});

test.each([
  [':export --filename "my notes.md"', "my notes.md"],
  [":export --filename 'my notes.md'", "my notes.md"],
  [":export --filename=notes.md", "notes.md"],
  [':export --filename="my notes.md" md', "my notes.md"],
  [String.raw`:export --filename "a \"b\""`, 'a "b"'],
  [":export --filename it's.md", "it's.md"],
  [":export --filename “my notes.md”", "my notes.md"],
  [":export —filename notes.md", "notes.md"],
  [":export --filename 今夜の月.md", "今夜の月.md"],
  [':export --filename "👩‍👩‍👧 a:b"', "👩‍👩‍👧 a:b"],
  [':export --filename "--order"', "--order"],
  ["/export md notes", "notes"],
  ["/export notes.md", "notes.md"],
  ["/export 'my notes'", "my notes"],
  ["/export json notes.json", "notes.json"],
  ["/export md 'md'", "md"],
])("%s is saved as %s, exactly", (line, filename) => {
  expect(exported(line).filename).toBe(filename);
});

test("flags stand in any order, before and behind the format", () => {
  const command = exported(':export --order topic md --filename "a.md"');
  expect(command).toEqual({ name: "export", format: "pairs", options: {}, order: "topic", filename: "a.md" });
  expect(exported(":export md").order).toBeNull();
  expect(exported("/export --order=time").order).toBe("time");
});

test.each<[string, ErrorCode, string]>([
  [":", "missing_command", ":"],
  ["r20 : ", "missing_command", ":"],
  ["/", "missing_command", "/"],
  ["r20 :exprot", "unknown_command", "exprot"],
  [":import", "unknown_command", "import"],
  ["/imports", "unknown_command", "imports"],
  ["/import now", "unexpected", "now"],
  [":export csv", "unknown_format", "csv"],
  [":export constructor", "unknown_format", "constructor"],
  [":export 'md'", "unknown_format", "'md'"],
  ["/export jsno", "unknown_format", "jsno"],
  [":export md txt", "unexpected", "txt"],
  [":export md :export", "unexpected", ":export"],
  ["/export md a.md b.md", "unexpected", "b.md"],
  [":export --order", "missing_value", "--order"],
  [":export --order --filename a", "missing_value", "--order"],
  [":export --filename= md", "missing_value", "--filename"],
  [":export --order newest", "unknown_order", "newest"],
  [":export --order time --order topic", "repeated", "--order"],
  ["/export md a.md --filename b.md", "repeated", "--filename"],
  [":export --colour red", "unknown_flag", "--colour"],
  [":export --filename 'a", "unclosed_quote", "'a"],
  [":export --filename ''", "invalid_filename", "''"],
  [":export --filename ../a.md", "invalid_filename", "../a.md"],
  [":export --filename ..", "invalid_filename", ".."],
  [String.raw`:export --filename "a\nb"`, "invalid_filename", String.raw`"a\nb"`],
])("%o is refused as %s, at %o", (line, code, found) => {
  const { command, error } = parse(line, IDS);
  expect(command).toBeNull();
  expect(error?.code).toBe(code);
  expect(line.slice(error?.position, error?.end)).toBe(found);
  expect(error?.position).toBe(code === "unexpected" || code === "repeated" ? line.lastIndexOf(found) : line.indexOf(found));
});

test("positions count UTF-16, as an input's selection does", () => {
  const line = "c'👩‍👩‍👧' :export 𝒄𝒔𝒗";
  const { error } = parse(line, IDS);
  expect(error).toMatchObject({ code: "unknown_format", position: line.indexOf("𝒄"), end: line.length });
});

test("a line of a megabyte is taken apart at once", () => {
  const line = `c'${"a\\".repeat(500_000)}' :export md`;
  const before = performance.now();
  expect(parse(line, IDS).filter?.text).toBe(line);
  expect(parse(`${"(".repeat(500_000)}:export`, IDS).command).toBeNull();
  expect(performance.now() - before).toBeLessThan(500);
});
