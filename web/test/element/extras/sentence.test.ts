import { expect, test } from "vitest";

import { sentenceOf } from "../../../src/element/extras/sentence.ts";
import { wordsFor } from "../../../src/element/words.ts";

const MISSING = { code: "missing_glyph", count: 5, where: "", params: { script: "tamil" } };

test.each([["en", "Tamil"], ["zh-CN", "泰米尔文"]])("a script is called by its name in %s", (locale, name) => {
  expect(sentenceOf(MISSING, wordsFor(locale))).toContain(name);
});

test("a script that no locale knows, and a notice that none knows, are told as they came", () => {
  expect(sentenceOf({ ...MISSING, params: { script: "x" } }, wordsFor("en"))).toContain("(x)");
  expect(sentenceOf({ ...MISSING, code: "of_later" }, wordsFor("en"))).toBe("of_later: 5");
});
