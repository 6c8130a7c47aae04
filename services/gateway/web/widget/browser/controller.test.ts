// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { newChat } from "../state/chat";
import { wordsIn } from "../words";
import { createController } from "./controller";
import type { Memory } from "./memory";
import type { Visitor } from "./session";
import { createStore } from "./store";

const looks = { brand: "#1e5f4e", heading: "Hello!", company: "Spoke & Larch", side: "right" } as const;
const page = { url: "https://shop.example/", title: "" };

/** Ana's chat while the server has not answered; the browser remembers a running conversation. */
function anas() {
  const kept = new Map([["running", "c1"]]);
  const memory: Memory = { get: (name) => kept.get(name) ?? null, set: (name, value) => void kept.set(name, value) };
  const never = () => new Promise<never>(() => undefined);
  const visitor: Visitor = {
    session: never, headers: () => ({}), token: () => null, forget: () => undefined, ask: never, live: never, earlier: never, fileUrl: never,
  };
  const store = createStore(newChat(looks, page, "en", false));
  const told: string[] = [];
  const host = { tell: ({ type }: { type: string }) => void told.push(type) };
  const controller = createController(crypto.randomUUID(), store, visitor, memory, host, wordsIn("en"));
  return { store, told, ...controller };
}

test("words written before the server has answered go on with the conversation that was running", () => {
  const { store, actions } = anas();
  actions.say("Hello", []);
  expect(store.get().outbox).toMatchObject([{ conversation_id: "c1", page: null }]);
});

test("unless the page wants a new one: then they begin it", () => {
  const { store, actions, hear } = anas();
  hear({ type: "new_thread", page });
  actions.say("Hello", []);
  actions.say("Is anybody there?", []);
  const [first, second] = store.get().outbox;
  expect(first).toMatchObject({ page });
  expect(first!.conversation_id).not.toBe("c1");
  expect(second).toMatchObject({ conversation_id: first!.conversation_id, page: null });
});

test("the page is told once that this browser has written", () => {
  const { told, actions } = anas();
  actions.say("Hello", []);
  actions.say("Is anybody there?", []);
  expect(told).toEqual(["known"]);
});
