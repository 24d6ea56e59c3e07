import { expect, test } from "vitest";

import { listAddress, parseRoute, sessionAddress } from "../../src/page/route.ts";

test.each(["plain", "a/b", "ü?#&=%", "今夜の月"])("the address of the session %s leads to it", (id) => {
  expect(parseRoute(sessionAddress(id))).toEqual({ name: "session", id });
});

test.each(["", "two words", "a&b=c#d", "月"])("the address of a search for %o leads to it", (query) => {
  expect(parseRoute(listAddress(query))).toEqual({ name: "list", query });
});

test.each(["", "#", "#/", "#/sessions/", "#/sessions", "#/elsewhere/x"])("%o leads to the list", (hash) => {
  expect(parseRoute(hash)).toEqual({ name: "list", query: "" });
});

test("an id with a broken escape is taken as it stands", () => {
  expect(parseRoute("#/sessions/100%")).toEqual({ name: "session", id: "100%" });
});
