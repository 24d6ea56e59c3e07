/** The time zones to choose from: UTC, the device's own, then all that the browser knows. */

export function zoneChoices(here: string, chosen: string): (readonly [zone: string, label: string])[] {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set(["UTC", own, chosen, ...Intl.supportedValuesOf("timeZone")])];
  return zones.map((zone) => [zone, zone === own && own !== "UTC" ? `${zone} (${here})` : zone]);
}
