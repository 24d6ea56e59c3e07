import { expect, test } from "vitest";

import { shownName } from "../../src/page/shown-name.ts";

test.each([
  ["evil\u202egpj.exe", "evil\ufffdgpj.exe"],
  ["\u2067a\u2069", "\ufffda\ufffd"],
  ["line\nbreak\u0000\u009b31m", "line\ufffdbreak\ufffd\ufffd31m"],
  ["מה שלומך", "מה שלומך"],
  ["\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩‍💻", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645 👩‍💻"],
  ["<b>x</b>", "<b>x</b>"],
])("%o is shown as %o", (name, shown) => {
  expect(shownName(name)).toBe(shown);
});
