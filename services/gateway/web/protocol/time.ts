/** Moments in people's words, by the browser's own language data. Moments are ISO texts, `now` is in ms. */

const DAY = 24 * 60 * 60_000;

/** `2026-3-2` in the reader's own time zone: equal for moments of the same day. */
export function dayKey(at: string): string {
  const day = new Date(at);
  return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

/** `14:05`, or `2:05 PM` where people say so. */
export function clock(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit" }).format(new Date(at));
}

/** `Today`, `Yesterday`, then the weekday, then the date. */
export function dayName(at: string, now: number, locale: string): string {
  const midnight = (moment: number) => new Date(moment).setHours(0, 0, 0, 0);
  const days = Math.round((midnight(Date.parse(at)) - midnight(now)) / DAY);
  if (days > -2 && days <= 0) return capital(new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(days, "day"), locale);
  const style: Intl.DateTimeFormatOptions = days > -7 && days < 0 ? { weekday: "long" } : { dateStyle: "long" };
  return capital(new Intl.DateTimeFormat(locale, style).format(new Date(at)), locale);
}

/** For a list: the time within the last day, else the date without its year. */
export function shortTime(at: string, now: number, locale: string): string {
  if (now - Date.parse(at) < DAY) return clock(at, locale);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" }).format(new Date(at));
}

function capital(text: string, locale: string): string {
  return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}
