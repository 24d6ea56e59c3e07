import { describe, expect, it } from "vitest";

import { filesOf } from "../../src/service-worker/shared.ts";

function form(...fields: [string, string | File][]): FormData {
  const made = new FormData();
  for (const [name, value] of fields) made.append(name, value);
  return made;
}

describe("filesOf", () => {
  it("returns every file, in its order", () => {
    const [one, other] = [new File(["{}"], "b.json"), new File(["# a"], "a.md")];
    expect(filesOf(form(["files", one], ["text", "beside"], ["files", other])).map(({ name }) => name)).toEqual(["b.json", "a.md"]);
  });

  it("makes a file of words that come alone", async () => {
    const [file] = filesOf(form(["text", "## User"], ["title", "A talk"], ["url", ""]));
    expect(file?.name).toBe("shared.txt");
    expect(await file?.text()).toBe("A talk\n\n## User");
  });

  it("returns nothing of an empty form, of an empty file, or of a text under the files' name", () => {
    expect(filesOf(form())).toEqual([]);
    expect(filesOf(form(["files", new File([], "")], ["files", "text"]))).toEqual([]);
  });
});
