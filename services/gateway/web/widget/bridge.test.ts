// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { listen } from "./bridge";

const peer = { name: "peer" } as unknown as Window;
const stranger = { name: "stranger" } as unknown as Window;
const ORIGIN = "https://parley.example";

function heardOf(...told: { source: Window | null; origin: string; data: unknown }[]): unknown[] {
  const heard: unknown[] = [];
  listen<unknown>(() => peer, ORIGIN, (message) => heard.push(message));
  for (const { source, origin, data } of told) {
    const event = new MessageEvent("message", { data, origin });
    Object.defineProperty(event, "source", { value: source });
    dispatchEvent(event);
  }
  return heard;
}

const data = { parley: { type: "open" } };

test("the right window of the right origin is heard", () => {
  expect(heardOf({ source: peer, origin: ORIGIN, data })).toEqual([{ type: "open" }]);
});

test.each([
  ["another window", { source: stranger, origin: ORIGIN, data }],
  ["no window", { source: null, origin: ORIGIN, data }],
  ["another origin", { source: peer, origin: "https://evil.example", data }],
  ["an origin that begins alike", { source: peer, origin: `${ORIGIN}.evil.example`, data }],
  ["something else's message", { source: peer, origin: ORIGIN, data: { type: "open" } }],
  ["no message at all", { source: peer, origin: ORIGIN, data: null }],
])("%s is not", (_who, told) => expect(heardOf(told)).toEqual([]));
