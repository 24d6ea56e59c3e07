import { expect, test } from "vitest";

import { LOCAL_ADDRESS, listAddress, localAddress, parseRoute, sessionAddress } from "../../src/page/route.ts";

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

test("what is open on this device has an address, and each of its sessions one by number", () => {
  expect(parseRoute(LOCAL_ADDRESS)).toEqual({ name: "local", session: null });
  expect(parseRoute(localAddress(12))).toEqual({ name: "local", session: 12 });
});

test.each(["#/local/x", "#/local/-1", "#/local/1e9", "#/local/1234567890", "#/local/"])("%s leads to the list on this device", (hash) => {
  expect(parseRoute(hash)).toEqual({ name: "local", session: null });
});
