/** Periods of days, as people name them and as the engine takes them: `2026-01-31`, both days included. */

export const PERIODS = ["all", "week", "month", "this_month", "last_month", "days"] as const;
export type Period = (typeof PERIODS)[number];

/** The first day and the last; what is empty has no end there. */
export interface Days {
  readonly since: string;
  readonly until: string;
}

/** The days of a period. @param today As `2026-01-31`. @param chosen Those that were chosen one by one. */
export function daysOf(period: Period, today: string, chosen: Days): Days {
  const [year = 0, month = 0, day = 0] = today.split("-").map(Number);
  switch (period) {
    case "all":
      return { since: "", until: "" };
    case "week":
      return { since: dayOf(year, month, day - 6), until: today };
    case "month":
      return { since: dayOf(year, month, day - 29), until: today };
    case "this_month":
      return { since: dayOf(year, month, 1), until: today };
    case "last_month":
      return { since: dayOf(year, month - 1, 1), until: dayOf(year, month, 0) };
    case "days":
      return chosen;
  }
}

/** Which day it is in a time zone; in UTC where that is none. */
export function todayIn(timeZone: string, now: number): string {
  try {
    return new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" }).format(now);
  } catch {
    return new Date(now).toISOString().slice(0, 10);
  }
}

/** A day that the calendar may have to be asked for: the 0th of a month is the last one of the month before. */
function dayOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}
