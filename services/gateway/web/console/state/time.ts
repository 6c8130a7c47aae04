/** Moments as the console shows them. Every function takes the present, so that nothing here looks at a clock. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LANGUAGE = "en-GB";

const clockFormat = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const dayFormat = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short" });
const yearFormat = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "short", year: "numeric" });

/** `09:08`, in the reader's time zone. */
export function clock(at: string): string {
  return clockFormat.format(new Date(at));
}

/** `12 Aug`, with the year when it is another one. */
export function shortDay(at: string, now: number): string {
  const then = new Date(at);
  return (then.getFullYear() === new Date(now).getFullYear() ? dayFormat : yearFormat).format(then);
}

/** How long ago, in the largest unit that fits: `{ value: 12, unit: "min" }`; `now` below a minute. */
export type Ago = { unit: "now" } | { unit: "min" | "h" | "d"; value: number };

export function ago(at: string, now: number): Ago {
  const passed = Math.max(0, now - Date.parse(at));
  if (passed < MINUTE) return { unit: "now" };
  if (passed < HOUR) return { unit: "min", value: Math.floor(passed / MINUTE) };
  if (passed < DAY) return { unit: "h", value: Math.floor(passed / HOUR) };
  return { unit: "d", value: Math.floor(passed / DAY) };
}

/** The time it is now in a named zone, or null when the browser does not know the zone. */
export function clockIn(zone: string, now: number): string | null {
  try {
    const format = new Intl.DateTimeFormat(LANGUAGE, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone });
    return format.format(new Date(now));
  } catch {
    return null;
  }
}

/** `Europe/Zagreb` → `Zagreb`: the place people know. */
export function placeOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** `1,204 B`, `214 kB`, `3.1 MB`, in powers of ten. */
export function fileSize(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
