// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { setupOf } from "./host";

const written = JSON.stringify({ origin: "https://shop.example", locale: "de" });

afterEach(() => vi.unstubAllGlobals());

test("a frame begins with what the loader has written on it", () => {
  vi.stubGlobal("parent", {});
  expect(setupOf(written)).toEqual({ origin: "https://shop.example", locale: "de" });
});

test.each(["", "chat", "{", "5", "true", "null", "{}"])("a frame that somebody else has made and named %j begins nothing", (name) => {
  vi.stubGlobal("parent", {});
  expect(setupOf(name)).toBeNull();
});

test("nor does a page opened by itself", () => expect(setupOf(written)).toBeNull());
