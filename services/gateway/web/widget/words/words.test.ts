import { expect, test } from "vitest";
import { wordsIn } from ".";
import { en } from "./en";

test.each(["de", "fr", "it", "sv", "fi", "ar"])("%s says everything, and says it differently", (language) => {
  const words = wordsIn(language);
  expect(Object.keys(words).sort()).toEqual(Object.keys(en).sort());
  expect(words.startNew).not.toBe(en.startNew);
  expect(words.copy("ana@example.org")).toContain("ana@example.org");
  expect(words.teamReplies("Ben", true, "4 min")).toMatch(/Ben.*4 min/);
  expect(words.unread(3)).toContain("3");
});

test("a regional form is the same language, an unknown one is English", () => {
  expect(wordsIn("de-AT").send).toBe("Senden");
  expect(wordsIn("nl")).toBe(en);
});
