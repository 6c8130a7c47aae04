import { afterEach, expect, test, vi } from "vitest";
import { memoryFor } from "./memory";

/** A browser's storage that takes nothing more once it is `full`. */
function storage() {
  const kept = new Map<string, string>();
  const itself = {
    full: false,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem(key: string, value: string) {
      if (itself.full) throw new DOMException("full", "QuotaExceededError");
      kept.set(key, value);
    },
  };
  return itself;
}

afterEach(() => vi.unstubAllGlobals());

test("what a full storage does not take counts all the same", () => {
  const browser = storage();
  vi.stubGlobal("localStorage", browser);
  const memory = memoryFor("shop");
  memory.set("outbox", "one");
  browser.full = true;
  memory.set("outbox", "one, two");
  expect(memory.get("outbox")).toBe("one, two");
});

test("once there is room again, all tabs see the same", () => {
  const browser = storage();
  vi.stubGlobal("localStorage", browser);
  const memory = memoryFor("shop");
  browser.full = true;
  memory.set("outbox", "one");
  browser.full = false;
  memory.set("outbox", "two");
  memoryFor("shop").set("outbox", "three");
  expect(memory.get("outbox")).toBe("three");
});

test("a browser without storage remembers for as long as the page lasts", () => {
  vi.stubGlobal("localStorage", undefined);
  const memory = memoryFor("shop");
  expect(memory.get("outbox")).toBeNull();
  memory.set("outbox", "one");
  expect(memory.get("outbox")).toBe("one");
});
