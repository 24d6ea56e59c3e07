import { expect, test } from "vitest";

import { FORMATS } from "../../src/element/formats.ts";
import { allows, changedFrom, defaultsOf, optionsOf } from "../../src/element/schema.ts";

test("what follows from the selection is no option that a person chooses", () => {
  const names = optionsOf("pairs").map(([name]) => name);
  expect(names).toContain("tools");
  expect(names).not.toContain("filter_input");
  expect(optionsOf("json")).toEqual([]);
});

test("the style decides other options' defaults", () => {
  expect(defaultsOf("markdown", {})).toMatchObject({ style: "hapi", tools: "summary", front_matter: true });
  expect(defaultsOf("markdown", { style: "trace" })).toMatchObject({ tools: "full", token_counts: true });
});

test("only what differs from the style's defaults is said", () => {
  expect(changedFrom("markdown", { style: "hapi", tools: "summary" })).toEqual({});
  expect(changedFrom("markdown", { style: "trace", tools: "full" })).toEqual({ style: "trace" });
  expect(changedFrom("markdown", { style: "trace", tools: "summary" })).toEqual({ style: "trace", tools: "summary" });
});

test("an option that the format does not know is left out", () => {
  expect(changedFrom("text", { charts: false, thinking: true })).toEqual({ thinking: true });
});

test("a value is allowed where the schema has it", () => {
  const options = new Map(optionsOf("markdown"));
  const [style, messages, zone] = ["style", "messages", "timezone"].map((name) => options.get(name));
  if (style === undefined || messages === undefined || zone === undefined) throw new Error("an option is missing");
  expect(allows(style, "cursor")).toBe(true);
  expect(allows(style, "report")).toBe(false);
  expect(allows(messages, false)).toBe(true);
  expect(allows(messages, "no")).toBe(false);
  expect(allows(zone, "Asia/Shanghai")).toBe(true);
});

test.each(FORMATS.map(({ id }) => id))("every option of %s is one that the form can draw", (format) => {
  for (const [, option] of optionsOf(format)) {
    const isLine = option.type === "string" || option.type === "integer";
    expect(option.type === "boolean" || isLine || option.enum !== undefined).toBe(true);
  }
});
