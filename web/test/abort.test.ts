import { expect, test } from "vitest";

import { unlessAborted } from "../src/abort.ts";

const never = new Promise<never>(() => undefined);

test("nobody waits longer than until the signal aborts, whatever its reason", async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(never, controller.signal);
  controller.abort(new Error("a reason of the host's"));
  await expect(waiting).rejects.toMatchObject({ name: "AbortError" });
  await expect(unlessAborted(never, controller.signal)).rejects.toMatchObject({ name: "AbortError" });
});

test("what fails after everybody has left is no error of the page", async () => {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => { unhandled.push(reason); };
  process.on("unhandledRejection", note);
  const late = new Promise((_, reject) => { setTimeout(() => { reject(new Error("late")); }); });
  await expect(unlessAborted(late, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
  await new Promise((resolve) => { setTimeout(resolve, 20); });
  process.off("unhandledRejection", note);
  expect(unhandled).toEqual([]);
});

test("without an abort it is the promise itself", async () => {
  await expect(unlessAborted(Promise.resolve(1), new AbortController().signal)).resolves.toBe(1);
  await expect(unlessAborted(Promise.reject(new TypeError("x")), new AbortController().signal)).rejects.toThrow(TypeError);
});
