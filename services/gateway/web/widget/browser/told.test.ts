import { expect, test } from "vitest";
import { localeOf, pageFrom, pageOf, personFrom } from "./told";

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

test.each([
  [{ email: " ana@example.org " }, { email: "ana@example.org" }],
  [{ email: "ana@example.org", name: " Ana Horvat ", plan: "gold" }, { email: "ana@example.org", name: "Ana Horvat" }],
  [{ email: "ana@example.org", name: 5 }, { email: "ana@example.org" }],
  [{ email: "Ana" }, null],
  [{ name: "Ana" }, null],
  ["ana@example.org", null],
  [undefined, null],
])("a visitor who is %j is %j", (what, person) => expect(personFrom(what)).toEqual(person));

test("a long name is cut: the address is not lost with it", () => {
  expect(personFrom({ email: "ana@example.org", name: "🚲".repeat(121) })).toEqual({ email: "ana@example.org", name: "🚲".repeat(120) });
});

test.each([
  [{ url: "/fell-3", title: "Fell 3" }, { url: `${url}fell-3`, title: "Fell 3" }],
  [{ url: "https://www.shop.example/#cart" }, { url: "https://www.shop.example/#cart", title: "" }],
  [{ url: "javascript:alert(1)" }, null],
  [{ url: "https://" }, null],
  [{ title: "Fell 3" }, null],
  [5, null],
])("a page that is %j is %j", (what, page) => expect(pageFrom(what, url)).toEqual(page));
