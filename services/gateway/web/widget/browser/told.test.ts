import { expect, test } from "vitest";
import { localeOf, pageOf } from "./told";

test.each([
  [["de"], "de"],
  [["de_DE", "fr"], "de-DE"],
  [["DE", "fr"], "de"],
  [["", "fr"], "fr"],
  [["Deutsch, bitte", "fr"], "fr"],
  [["", "en-US@posix"], "en"],
])("of %j the chat speaks %s", (wishes, locale) => expect(localeOf(...wishes)).toBe(locale));

const url = "https://shop.example/";

test("a long title is cut between two characters, never inside one", () => {
  const { title } = pageOf({ url, title: `${"x".repeat(299)}🚲🚲` });
  expect(title).toBe(`${"x".repeat(299)}🚲`);
});

test("half an emoji is no text", () => {
  expect(pageOf({ url, title: "🚲 \uD83D bikes" })).toEqual({ url, title: "🚲 \uFFFD bikes" });
});

test("a long address is cut", () => expect(pageOf({ url: url + "x".repeat(3_000) }).url).toHaveLength(2_048));
