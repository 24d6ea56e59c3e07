import { expect, it } from "vitest";

import { daysOf, todayIn } from "../../../src/element/extras/period.ts";

const CHOSEN = { since: "2025-11-03", until: "2025-11-09" };

it.each([
  ["all", "2026-01-31", { since: "", until: "" }],
  ["week", "2026-01-03", { since: "2025-12-28", until: "2026-01-03" }],
  ["month", "2026-03-01", { since: "2026-01-31", until: "2026-03-01" }],
  ["this_month", "2026-02-28", { since: "2026-02-01", until: "2026-02-28" }],
  ["last_month", "2028-03-31", { since: "2028-02-01", until: "2028-02-29" }],
  ["last_month", "2026-01-15", { since: "2025-12-01", until: "2025-12-31" }],
  ["days", "2026-01-31", CHOSEN],
] as const)("%s on %s", (period, today, days) => {
  expect(daysOf(period, today, CHOSEN)).toEqual(days);
});

it("tells the day where the document is", () => {
  const late = Date.UTC(2026, 0, 31, 23, 30);
  expect(todayIn("UTC", late)).toBe("2026-01-31");
  expect(todayIn("Asia/Shanghai", late)).toBe("2026-02-01");
  expect(todayIn("Nowhere/At all", late)).toBe("2026-01-31");
});
