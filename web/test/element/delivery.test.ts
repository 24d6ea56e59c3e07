import { describe, expect, it } from "vitest";

import { wantedOf } from "../../src/element/delivery.ts";

const CHOICE = { options: {}, select: {}, spans: null };

describe("what a file is called before it is there", () => {
  it("is the preview's name, with the chosen format's extension", () => {
    expect(wantedOf({ ...CHOICE, format: "jsonl" }, 1, "a-talk-1a2b.md")).toEqual({ name: "a-talk-1a2b.jsonl", mediaType: "application/jsonl" });
    expect(wantedOf({ ...CHOICE, format: "markdown" }, 1, "session").name).toBe("session.md");
  });

  it("is a zip's where images lie beside the document", () => {
    const choice = { ...CHOICE, format: "markdown", options: { images: "folder" } } as const;
    expect(wantedOf(choice, 1, "a-talk-1a2b.zip")).toEqual({ name: "a-talk-1a2b.zip", mediaType: "application/zip" });
    expect(wantedOf({ ...choice, options: { images: "embed" } }, 1, "a-talk-1a2b.zip").name).toBe("a-talk-1a2b.md");
  });

  it("says of several sessions how many they are, in a zip or in one document", () => {
    expect(wantedOf({ ...CHOICE, format: "markdown" }, 3, "a.md")).toEqual({ name: "sessions-3.zip", mediaType: "application/zip" });
    expect(wantedOf({ ...CHOICE, format: "json", together: true }, 3, "a.json")).toEqual({ name: "sessions-3.json", mediaType: "application/json" });
  });
});
