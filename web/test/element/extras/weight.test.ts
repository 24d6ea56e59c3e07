import { afterEach, describe, expect, it, vi } from "vitest";

import { weightSentence } from "../../../src/element/extras/weight.ts";
import { extraWords } from "../../../src/element/extras/words.ts";
import { wordsFor } from "../../../src/element/words.ts";

const words = extraWords(wordsFor("en"));

afterEach(() => { vi.unstubAllGlobals(); });

describe("what is fetched first", () => {
  it("is said with its size, and what may come on top with its own", () => {
    vi.stubGlobal("navigator", { onLine: true });
    expect(weightSentence({ missing: 15_500_000, fonts: 9_900_000 }, words)).toMatch(/15\.5 MB.*9\.9 MB/);
    expect(weightSentence({ missing: 15_500_000, fonts: 0 }, words)).toMatch(/15\.5 MB/);
  });

  it("is no more than the fonts once the rest is there, and nothing in the end", () => {
    expect(weightSentence({ missing: 0, fonts: 9_900_000 }, words)).toMatch(/^Fonts.*9\.9 MB/);
    expect(weightSentence({ missing: 0, fonts: 0 }, words)).toBeNull();
  });

  it("is out of reach where there is no network", () => {
    vi.stubGlobal("navigator", { onLine: false });
    expect(weightSentence({ missing: 15_500_000, fonts: 9_900_000 }, words)).toMatch(/offline.*15\.5 MB/);
  });
});
