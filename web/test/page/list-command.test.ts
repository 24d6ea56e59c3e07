import { expect, test } from "vitest";

import { commandIn } from "../../src/page/list-command.ts";

test.each([
  ["/import", "import"],
  [" /IMPORT ", "import"],
  ["／import", "import"],
  ["/export md", "export"],
  [":export", "export"],
  ["/", "started"],
  [":ex", "started"],
])("%o is a command", (typed, name) => {
  expect(commandIn(typed)).toEqual({ name });
});

test.each(["", "import", "/etc/passwd", "/imports", "/import now", ": note", "//"])("%o is looked for in titles", (typed) => {
  expect(commandIn(typed)).toBeNull();
});
