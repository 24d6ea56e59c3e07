import { afterEach, describe, expect, it, vi } from "vitest";

import { LocalError } from "../../src/element/errors.ts";
import { hasPicker, pick, type Place } from "../../src/element/picker.ts";

const WANTED = { name: "talk.md", mediaType: "text/markdown" };

afterEach(() => {
  vi.unstubAllGlobals();
});

/** A fake of a file that a person picked, for Node has none; `before` is what stands in it. */
function fakeFile(before: string, refusal?: DOMException): { remove: ReturnType<typeof vi.fn>; written: string[] } & Record<string, unknown> {
  const written: string[] = [];
  const decoder = new TextDecoder();
  return {
    name: "picked.md",
    written,
    remove: vi.fn(() => Promise.resolve()),
    getFile: () => Promise.resolve(new File([before], "picked.md")),
    createWritable: () => (refusal === undefined ? Promise.resolve(new WritableStream<Uint8Array>({ write: (chunk) => { written.push(decoder.decode(chunk)); } })) : Promise.reject(refusal)),
  };
}

function fakePicker(answer: () => Promise<unknown>): ReturnType<typeof vi.fn> {
  const picker = vi.fn(answer);
  vi.stubGlobal("showSaveFilePicker", picker);
  return picker;
}

describe("the picker", () => {
  it("is asked with the name and the type, and what is written is called as the person chose", async () => {
    const file = fakeFile("");
    const picker = fakePicker(() => Promise.resolve(file));
    const place = (await pick(WANTED)) as Place;
    expect(picker).toHaveBeenCalledWith({ id: "session-export", suggestedName: "talk.md", types: [{ accept: { "text/markdown": [".md"] } }] });
    const saved = await place.write(new File(["# A talk"], "talk.md"), new AbortController().signal);
    expect(saved.name).toBe("picked.md");
    expect(file.written.join("")).toBe("# A talk");
    expect(file.remove).not.toHaveBeenCalled();
  });

  it.each([
    ["AbortError", "dismissed"],
    ["NotAllowedError", "dismissed"],
    ["SecurityError", null],
  ])("that ends in %s gives %s", async (name, outcome) => {
    fakePicker(() => Promise.reject(new DOMException("", name)));
    expect(await pick(WANTED)).toBe(outcome);
  });

  it("is not asked where there is none", async () => {
    expect(await pick(WANTED)).toBeNull();
  });

  it.each([
    ["a new file away", "", 1],
    ["nothing away that stood there before", "mine", 0],
  ])("takes %s where writing is refused", async (_, before, removals) => {
    const file = fakeFile(before, new DOMException("", "NotAllowedError"));
    fakePicker(() => Promise.resolve(file));
    expect(await pick(WANTED)).toBe("dismissed");
    expect(file.remove).toHaveBeenCalledTimes(removals);
  });

  it("says where a place cannot be written to", async () => {
    fakePicker(() => Promise.resolve(fakeFile("mine", new DOMException("", "NoModificationAllowedError"))));
    await expect(pick(WANTED)).rejects.toThrow(LocalError);
  });

  it("is waited for until a file's lock is gone, when it is taken away", async () => {
    const file = fakeFile("");
    file.remove.mockRejectedValueOnce(new DOMException("", "NoModificationAllowedError"));
    fakePicker(() => Promise.resolve(file));
    await ((await pick(WANTED)) as Place).leave();
    expect(file.remove).toHaveBeenCalledTimes(2);
  });
});

describe("a browser's picker", () => {
  it("is offered in a page of its own and in a frame of the same origin, not in another's", () => {
    vi.stubGlobal("location", { origin: "https://a.example" });
    vi.stubGlobal("top", { location: { origin: "https://a.example" } });
    expect(hasPicker()).toBe(false);
    fakePicker(() => Promise.resolve());
    expect(hasPicker()).toBe(true);
    vi.stubGlobal("top", { get location(): never { throw new DOMException("", "SecurityError"); } });
    expect(hasPicker()).toBe(false);
  });
});
