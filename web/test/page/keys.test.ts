import { expect, test } from "vitest";

import { ariaOf, capsOf, shortcutOf } from "../../src/page/keys.ts";

function press(key: string, held = "", code = ""): Parameters<typeof shortcutOf>[0] {
  const has = (name: string): boolean => held.split("+").includes(name);
  return { key, code, ctrlKey: has("Ctrl"), metaKey: has("Meta"), altKey: has("Alt"), shiftKey: has("Shift") };
}

test.each([
  ["e", "Ctrl+Shift", "", "export"],
  ["E", "Ctrl+Shift", "KeyE", "export"],
  ["C", "Ctrl+Shift", "KeyC", "copy"],
  ["У", "Ctrl+Shift", "KeyE", "export"],
  ["o", "Ctrl", "KeyO", "open"],
  ["щ", "Ctrl", "KeyO", "open"],
  [":", "Shift", "", "line"],
  ["/", "", "", "line"],
  ["/", "Shift", "Digit7", "line"],
  ["/", "Ctrl+Alt", "", "line"],
  ["?", "Shift", "", "help"],
])("%s with %s is the shortcut it is listed as", (key, held, code, shortcut) => {
  expect(shortcutOf(press(key, held, code), false, true)).toBe(shortcut);
});

test.each([
  ["e", "Ctrl"],
  ["e", "Shift"],
  ["E", "Ctrl+Shift+Alt"],
  ["E", "Meta+Shift"],
  ["E", "Ctrl+Meta+Shift"],
  ["/", "Ctrl"],
  ["?", "Meta+Shift"],
  ["a", ""],
  ["d", "Ctrl+Shift"],
  ["O", "Ctrl+Shift"],
  ["o", ""],
  ["o", "Ctrl+Alt"],
])("%s with %s is none", (key, held) => {
  expect(shortcutOf(press(key, held), false, true)).toBeNull();
});

test("a letter that stands elsewhere on this layout is not the one at its place", () => {
  expect(shortcutOf(press("j", "Ctrl+Shift", "KeyC"), false, true)).toBeNull();
  expect(shortcutOf(press("c", "Ctrl+Shift", "KeyI"), false, true)).toBe("copy");
});

test("a Mac has Cmd where others have Ctrl", () => {
  expect(shortcutOf(press("e", "Meta+Shift"), true, true)).toBe("export");
  expect(shortcutOf(press("e", "Ctrl+Shift"), true, true)).toBeNull();
});

test("who turned single keys off keeps the others", () => {
  expect(shortcutOf(press("?", "Shift"), false, false)).toBeNull();
  expect(shortcutOf(press("E", "Ctrl+Shift"), false, false)).toBe("export");
});

test("the caps are those of the machine", () => {
  expect(capsOf("export", false)).toEqual([["Ctrl", "Shift", "E"]]);
  expect(capsOf("copy", true)).toEqual([["⌘", "⇧", "C"]]);
  expect(capsOf("line", false)).toEqual([[":"], ["/"]]);
  expect([ariaOf("export", false), ariaOf("export", true), ariaOf("line", false)]).toEqual(["Control+Shift+E", "Meta+Shift+E", ": /"]);
});
