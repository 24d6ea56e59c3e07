import { expect, test } from "vitest";

import { resolve, wordsFor } from "../../src/element/words.ts";

test.each([
  ["en", "en"],
  ["en-GB", "en"],
  ["zh-CN", "zh-CN"],
  ["zh_cn", "zh-CN"],
  ["zh-Hans-SG", "zh-CN"],
  ["zh", "zh-CN"],
  ["fr", "en"],
  ["", "en"],
])("the tag %o resolves to %s, as it does in Python", (tag, locale) => {
  expect(resolve(tag)).toBe(locale);
});

test("a count chooses the plural, and is written as the locale writes numbers", () => {
  const { t } = wordsFor("en");
  expect(t("ui.message_count", { count: 1 })).toBe("1 message");
  expect(t("ui.message_count", { count: 20_000 })).toBe("20,000 messages");
  expect(wordsFor("zh").t("ui.message_count", { count: 1 })).toBe("1 条消息");
});

test("a name without a value stays, and a value with braces is not filled again", () => {
  const { t } = wordsFor("en");
  expect(t("ui.ready", {})).toBe("{filename} is ready");
  expect(t("ui.ready", { filename: "{count}.json" })).toBe("{count}.json is ready");
});

test("a value with a dollar sign is taken as it is", () => {
  expect(wordsFor("en").t("ui.ready", { filename: "a$&b$1.md" })).toBe("a$&b$1.md is ready");
});

test("a key that no file has is undefined, not a thrown error", () => {
  expect(wordsFor("en").find("notice.of_the_future", { count: 2 })).toBeUndefined();
});

test("what can go wrong on the command line alone has no words here", () => {
  const { find } = wordsFor("en");
  expect(find("error.too_deep", { limit: 1 })).toContain("1");
  expect(find("error.open_door")).toBeUndefined();
});
