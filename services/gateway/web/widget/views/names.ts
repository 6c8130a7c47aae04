/** Numbers and lists in the visitor's own language. */

/** `Ben, Mira and Tomas`. */
export function listed(names: string[], locale: string): string {
  return new Intl.ListFormat(locale).format(names);
}

/** `4 minutes`, `2 hours`, `1 day`. */
export function lasting(minutes: number, locale: string): string {
  const whole = Math.max(1, Math.round(minutes));
  const [count, unit] = whole < 60 ? [whole, "minute"] : whole < 1440 ? [whole / 60, "hour"] : [whole / 1440, "day"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 0 }).format(count);
}

/** `214 kB`. */
export function sized(bytes: number, locale: string): string {
  const [count, unit] = bytes < 1e6 ? [Math.max(1, bytes / 1e3), "kilobyte"] : [bytes / 1e6, "megabyte"];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: count < 10 && unit === "megabyte" ? 1 : 0 }).format(count);
}
