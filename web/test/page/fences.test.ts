import { expect, test } from "vitest";

import { fenced } from "../../src/page/fences.ts";

const FENCE = "```";

test("a text without a fence is one part, as it is", () => {
  expect(fenced("a\n\n  b `c`")).toEqual([{ code: false, text: "a\n\n  b `c`", info: "" }]);
});

test("fenced code stands apart, with its language", () => {
  expect(fenced(`before\n${FENCE}python\nx = 1\n${FENCE}\nafter`)).toEqual([
    { code: false, text: "before", info: "" },
    { code: true, text: "x = 1", info: "python" },
    { code: false, text: "after", info: "" },
  ]);
});

test("a longer fence holds a shorter one", () => {
  const [part] = fenced(`${FENCE}\`\nouter\n${FENCE}\ninner\n${FENCE}\n${FENCE}\``);
  expect(part).toEqual({ code: true, text: `outer\n${FENCE}\ninner\n${FENCE}`, info: "" });
});

test("an open fence reaches to the end, and nothing is lost", () => {
  expect(fenced(`a\n${FENCE}\nb\nc`).map(({ text }) => text)).toEqual(["a", "b\nc"]);
});

test("backticks within a line open nothing", () => {
  expect(fenced(`${FENCE}a${FENCE} b`)).toHaveLength(1);
});

test("tildes fence too, and are closed by tildes alone", () => {
  expect(fenced(`~~~\n${FENCE}\n~~~`)).toEqual([{ code: true, text: FENCE, info: "" }]);
});
