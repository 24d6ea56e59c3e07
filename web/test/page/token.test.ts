import { expect, test } from "vitest";

import { tokenIn } from "../../src/page/token.ts";

test.each([
  ["abc.def", "abc.def"],
  ["  abc \n", "abc"],
  ["http://127.0.0.1:8000/?token=abc.def", "abc.def"],
  ["http://127.0.0.1:8000/?token=a%2Bb#/x", "a+b"],
  ["", ""],
])("what is pasted as %o holds the token %o", (text, token) => {
  expect(tokenIn(text)).toBe(token);
});
