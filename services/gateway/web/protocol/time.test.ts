import { expect, test } from "vitest";
import { clock, dayKey, dayName, shortTime } from "./time";

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

test("a list shows the time within a day, then the date", () => {
  expect(shortTime(before(0, 1), now, "de")).toBe("11:00");
  expect(shortTime(before(9), now, "en")).toBe("Feb 23");
  expect(clock(before(0), "sv")).toBe("12:00");
});
