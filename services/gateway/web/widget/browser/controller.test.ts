// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSocket } from "../../protocol/given";
import type { VisitorAsk, WidgetSession } from "../../protocol/messages";
import type { ToHost } from "../bridge";
import { newChat, peeked, threadOf } from "../state/chat";
import { ana, ben, given, said, started } from "../state/given";
import type { Outgoing } from "../state/outbox";
import { wordsIn } from "../words";
import { createController } from "./controller";
import { calls, kept, looks, page, session } from "./given";
import type { Memory } from "./memory";
import { createStore } from "./store";
import { createUploads } from "./uploads";

beforeEach(() => {
  FakeSocket.opened = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** Ana's chat, by what her browser remembers; `answer` is what becomes of each wish for a session. */
function anas(memory: Memory, answer?: () => Promise<WidgetSession>) {
  const visitor = calls({ forget: () => memory.set("token", ""), ...(answer ? { session: answer } : {}) });
  const store = createStore(newChat(looks, page, "en", false));
  const told: ToHost[] = [];
  const uploads = createUploads(visitor.headers);
  const host = { tell: (message: ToHost) => void told.push(message) };
  const channel = crypto.randomUUID();
  const parts = { channel, store, visitor, memory, uploads, host, words: wordsIn("en") };
  return { channel, store, told, ...createController(parts) };
}

/** What the newest connection is asked, each ask accepted at once. */
async function asked(count: number): Promise<VisitorAsk[]> {
  await vi.waitFor(() => expect(FakeSocket.opened).not.toHaveLength(0));
  const socket = FakeSocket.newest;
  socket.open();
  socket.says({ type: "welcome", epoch: "e1", position: 10, resumed: true });
  const asks = () => socket.sent.flatMap((frame) => ("ask" in frame ? [frame.ask as VisitorAsk] : []));
  for (let n = 1; n <= count; n++) {
    await vi.waitFor(() => expect(asks()).toHaveLength(n));
    socket.says({ type: "accepted", command_id: asks()[n - 1]!.command_id, position: 10 + n });
  }
  return asks();
}

const { position: _, ...thread } = given(started, said(ana), said(ben));
const talking = { ...session, position: 30, conversations: [thread] };
const outgoing: Outgoing = {
  command_id: "k", conversation_id: "c1", message_id: "m40", text: "Hi", files: [], page: null, at: "2026-03-02T12:00:01Z", refused: null, retry: false,
};
const answered = (one: WidgetSession) => () => Promise.resolve(one);

test("words written before the server has answered go on with the conversation that was running", () => {
  const { store, actions } = anas(kept({ running: "c1" }));
  actions.say("Hello", []);
  expect(store.get().outbox).toMatchObject([{ conversation_id: "c1", page: null }]);
});

test("unless the page wants a new one: then they begin it", () => {
  const { store, actions, hear } = anas(kept({ running: "c1" }));
  hear({ type: "new_thread", page });
  actions.say("Hello", []);
  actions.say("Is anybody there?", []);
  const [first, second] = store.get().outbox;
  expect(first).toMatchObject({ page });
  expect(first!.conversation_id).not.toBe("c1");
  expect(second).toMatchObject({ conversation_id: first!.conversation_id, page: null });
});

test("the page is told once that this browser has written", () => {
  const { told, actions } = anas(kept());
  actions.say("Hello", []);
  actions.say("Is anybody there?", []);
  expect(told).toEqual([{ type: "known" }]);
});

test("what was waved away stays away on the next page", async () => {
  const memory = kept();
  const first = anas(memory, answered(talking));
  await vi.waitFor(() => expect(peeked(first.store.get())).not.toBeNull());
  first.actions.dismissPeek();
  expect(first.told.at(-1)).toEqual({ type: "peek", height: null });
  const next = anas(memory, answered(talking));
  await vi.waitFor(() => expect(next.store.get().loaded).toBe(true));
  expect(peeked(next.store.get())).toBeNull();
});

test("a browser that has become somebody else meanwhile begins anew, with the words that waited", async () => {
  const memory = kept({ contact: "ana", running: "c1" });
  const { store, actions } = anas(memory, answered({ ...session, contact_id: "somebody new" }));
  actions.say("Is anybody there?", []);
  expect((await asked(1))[0]).toMatchObject({ type: "start_conversation", page, written: { text: "Is anybody there?" } });
  expect(store.get()).toMatchObject({ contact_id: "somebody new", threads: [] });
  expect(memory.get("contact")).toBe("somebody new");
});

test("a token that counts no more leaves the old thread at once, and a new chat takes its place", async () => {
  const sessions = [talking, { ...session, contact_id: "somebody new" }];
  const { store } = anas(kept(), () => Promise.resolve(sessions.shift()!));
  await vi.waitFor(() => expect(threadOf(store.get())).not.toBeNull());
  FakeSocket.newest.open();
  FakeSocket.newest.says({ type: "goodbye", reason: "signed_out", after_ms: 0, snapshot: true });
  expect(store.get()).toMatchObject({ threads: [], current: null });
  await vi.waitFor(() => expect(store.get().contact_id).toBe("somebody new"));
  expect(store.get().current).toBeNull();
});

test("another tab that has become somebody else takes this one along; it moves the words, this one does not", async () => {
  const memory = kept();
  const sessions = [talking, { ...session, contact_id: "somebody new" }];
  const { channel, store } = anas(memory, () => Promise.resolve(sessions.shift()!));
  await vi.waitFor(() => expect(threadOf(store.get())).not.toBeNull());
  const waiting = [{ ...outgoing, conversation_id: "c2", page }];
  memory.set("outbox", JSON.stringify(waiting));
  memory.set("contact", "somebody new");
  for (const name of ["outbox", "contact"]) dispatchEvent(new StorageEvent("storage", { key: `parley ${channel} ${name}` }));
  expect(store.get()).toMatchObject({ threads: [], current: "c2" });
  await vi.waitFor(() => expect(store.get().contact_id).toBe("somebody new"));
  expect(JSON.parse(memory.get("outbox")!)).toEqual(waiting);
});
