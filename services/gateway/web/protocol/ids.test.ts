import { expect, test } from "vitest";
import { newId } from "./ids";

test("ids are UUIDs of version 7, in the one spelling the contracts take", () => {
  for (let n = 0; n < 500; n++) expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids differ, and sort by the moment they were made", () => {
  expect(new Set(Array.from({ length: 500 }, () => newId(1))).size).toBe(500);
  expect(newId(1_000) < newId(1_001)).toBe(true);
  expect(newId(Date.UTC(2026, 0)).slice(0, 15)).toBe("019b76da-a800-7");
});
