/** Numbers, sizes, times and durations as a locale writes them. */

// Constructing an Intl object is slow, and a list asks for the same few again and again.
const made = new Map<string, unknown>();

export function formatNumber(value: number, locale: string): string {
  return memo(`number ${locale}`, () => new Intl.NumberFormat(locale)).format(value);
}

/** A size in bytes as "1.2 MB", in decimal units, as file managers of today count. */
export function formatBytes(bytes: number, locale: string): string {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"] as const;
  let value = bytes;
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const unit = units[step] ?? "byte";
  const digits = step > 0 && value < 100 ? 1 : 0;
  const make = (): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: step === 0 ? "long" : "short", maximumFractionDigits: digits });
  return memo(`bytes ${locale} ${unit} ${digits}`, make).format(value);
}

/** US dollars: to the cent; where cents say little, two digits that do, six decimals at most, as reports have them. */
export function formatDollars(value: number, locale: string): string {
  const least = 1e-6;
  if (value > 0 && value < least) return `<${formatDollars(least, locale)}`;
  const digits = value > 0 && value < 1 ? Math.max(2, Math.min(1 - Math.floor(Math.log10(value)), 6)) : 2;
  return memo(`dollars ${locale} ${digits}`, () => new Intl.NumberFormat(locale, { style: "currency", currency: "USD", maximumFractionDigits: digits })).format(value);
}

/** Unix milliseconds as date and time, in the reader's own zone. */
export function formatTime(time: number, locale: string): string {
  return guarded(time, memo(`time ${locale}`, () => new Intl.DateTimeFormat(regional(locale), { dateStyle: "medium", timeStyle: "short" })));
}

/** Milliseconds as their two largest units: "1 hr 23 min". */
export function formatDuration(ms: number, locale: string): string {
  const seconds = Math.round(ms / 1000);
  const units = [
    ["day", Math.floor(seconds / 86_400)],
    ["hour", Math.floor(seconds / 3600) % 24],
    ["minute", Math.floor(seconds / 60) % 60],
    ["second", seconds % 60],
  ] as const;
  const first = units.findIndex(([, value]) => value > 0);
  const shown = first === -1 ? units.slice(-1) : units.slice(first, first + 2).filter(([, value]) => value > 0);
  return shown
    .map(([unit, value]) =>
      memo(`${unit} ${locale}`, () => new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" })).format(value),
    )
    .join(" ");
}

/** A `datetime` attribute's value, or null for a time no calendar holds. */
export function isoTime(time: number): string | null {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

/** The reader's own variety of a language: who reads British English reads its dates. */
function regional(locale: string): string {
  const language = locale.split("-")[0];
  return navigator.languages.find((tag) => tag.split("-")[0] === language) ?? locale;
}

function guarded(time: number, format: Intl.DateTimeFormat): string {
  return Number.isNaN(new Date(time).getTime()) ? String(time) : format.format(time);
}

function memo<T>(key: string, make: () => T): T {
  let value = made.get(key) as T | undefined;
  if (value === undefined) made.set(key, (value = make()));
  return value;
}
