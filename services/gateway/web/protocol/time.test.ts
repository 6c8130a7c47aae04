import { expect, test } from "vitest";
import { clock, dayKey, dayName, duration, shortTime } from "./time";

const noon = new Date(2026, 2, 4, 12);
const now = noon.getTime();
const before = (days: number, hours = 0) => new Date(2026, 2, 4 - days, 12 - hours).toISOString();

test("days are named as people name them", () => {
  expect(dayName(before(0), now, "en")).toBe("Today");
  expect(dayName(before(1), now, "en")).toBe("Yesterday");
  expect(dayName(before(1), now, "de")).toBe("Gestern");
  expect(dayName(before(3), now, "en")).toBe("Sunday");
  expect(dayName(before(40), now, "en")).toBe("January 23, 2026");
});

test("the same day has the same key", () => {
  expect(dayKey(before(0))).toBe(dayKey(before(0, 11)));
  expect(dayKey(before(0))).not.toBe(dayKey(before(1)));
});

test("durations are rounded down and never nothing", () => {
  expect(duration(new Date(now - 5_000).toISOString(), now, "en")).toBe("1 min");
  expect(duration(before(0, 2), now, "en")).toBe("2 hr");
  expect(duration(before(2), now, "en")).toBe("2 days");
});

test("a list shows the time within a day, then the date", () => {
  expect(shortTime(before(0, 1), now, "de")).toBe("11:00");
  expect(shortTime(before(9), now, "en")).toBe("Feb 23");
  expect(clock(before(0), "sv")).toBe("12:00");
});
