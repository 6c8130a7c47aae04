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
const happened = (told: ToHost[]) => told.flatMap((one) => (one.type === "happened" ? [one.name] : []));

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

test("words begin the conversation where all that waits was refused for good", async () => {
  const photo = { ...outgoing, conversation_id: "c2", text: "", page, refused: "file_not_found" };
  const { store, actions } = anas(kept({ outbox: JSON.stringify([photo]) }), answered(session));
  await vi.waitFor(() => expect(store.get().current).toBe("c2"));
  actions.say("Hello", []);
  expect(await asked(1)).toMatchObject([{ type: "start_conversation", conversation_id: "c2", page, written: { text: "Hello" } }]);
});

test("the page is told once that this browser has written", () => {
  const { told, actions } = anas(kept());
  actions.say("Hello", []);
  actions.say("Is anybody there?", []);
  expect(told).toEqual([{ type: "known", kept: "1" }]);
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

test("who the page says its visitor is comes before their words, once", async () => {
  const memory = kept();
  const { told, actions, hear } = anas(memory, answered(session));
  hear({ type: "identify", what: { email: "ana@example.org", name: "Ana" } });
  actions.say("Hello", []);
  hear({ type: "identify", what: { email: "ana@example.org", name: "Ana" } });
  actions.say("Is anybody there?", []);
  const asks = await asked(3);
  expect(asks.map(({ type }) => type)).toEqual(["identify_contact", "start_conversation", "post_message"]);
  expect(asks[0]).toMatchObject({ contact_id: "ana", address: "ana@example.org", name: "Ana" });
  await vi.waitFor(() => expect(happened(told)).toEqual(["contactAssociated", "conversationStarted"]));

  const next = anas(memory, answered(talking));
  next.hear({ type: "identify", what: { email: "ana@example.org", name: "Ana" } });
  await vi.waitFor(() => expect(next.store.get().loaded).toBe(true));
  expect(await asked(0)).toEqual([]);
});

test("a server that cannot note it now does not hold up the words, and is told with the next", async () => {
  const { actions, hear } = anas(kept(), answered(session));
  hear({ type: "identify", what: { email: "ana@example.org" } });
  actions.say("Hello", []);
  await vi.waitFor(() => expect(FakeSocket.opened).toHaveLength(1));
  const { sent } = FakeSocket.newest;
  const asks = () => sent.flatMap((frame) => ("ask" in frame ? [frame.ask as VisitorAsk] : []));
  FakeSocket.newest.open();
  FakeSocket.newest.says({ type: "welcome", epoch: "e1", position: 10, resumed: true });
  await vi.waitFor(() => expect(asks()).toHaveLength(1));
  const problem = { code: "unavailable", status: 503, title: "Not now", detail: null };
  FakeSocket.newest.says({ type: "refused", command_id: asks()[0]!.command_id, problem });
  await vi.waitFor(() => expect(asks().map(({ type }) => type)).toEqual(["identify_contact", "start_conversation"]));
  actions.say("Is anybody there?", []);
  FakeSocket.newest.says({ type: "accepted", command_id: asks()[1]!.command_id, position: 12 });
  await vi.waitFor(() => expect(asks()[2]).toMatchObject({ type: "identify_contact" }));
});

test("who only looks around is nobody, whatever the page says of them", async () => {
  const { store, hear } = anas(kept(), answered(session));
  hear({ type: "identify", what: { email: "ana@example.org" } });
  await vi.waitFor(() => expect(store.get().loaded).toBe(true));
  expect(await asked(0)).toEqual([]);
});

test("of somebody the server knows it is told at once", async () => {
  const { hear } = anas(kept(), answered(talking));
  hear({ type: "identify", what: { email: "ana@example.org" } });
  expect(await asked(1)).toMatchObject([{ type: "identify_contact", address: "ana@example.org", name: null }]);
});

test("what is no person and no page is told to whoever wrote it, and changes nothing", () => {
  const complained = vi.spyOn(console, "error").mockReturnValue();
  const { store, hear } = anas(kept());
  hear({ type: "identify", what: "ana" });
  hear({ type: "set_page", what: { url: "javascript:alert(1)" } });
  expect(complained.mock.calls.map(([told]) => String(told).slice(0, 17))).toEqual(["Parley: identify ", "Parley: setPage t"]);
  expect(store.get().page).toEqual(page);
});

test("the page as it says itself counts until it says nothing any more", () => {
  const { store, hear } = anas(kept());
  hear({ type: "set_page", what: { url: "/fell-3", title: "Fell 3" } });
  hear({ type: "open", page: { url: `${page.url}#elsewhere` } });
  expect(store.get().page).toEqual({ url: `${page.url}fell-3`, title: "Fell 3" });
  hear({ type: "set_page", what: undefined });
  expect(store.get().page.url).toBe(`${page.url}#elsewhere`);
});

test("nor does what it said while somebody was here who has gone", () => {
  const { store, hear } = anas(kept());
  hear({ type: "set_page", what: { url: "/orders/ana" } });
  hear({ type: "clear" });
  expect(store.get().page).toEqual(page);
});

test("once whoever was here has gone, nothing of theirs is left", async () => {
  const memory = kept({ token: "t", contact: "ana", draft: "Dear Ben" });
  const { store, told, actions, hear } = anas(memory, answered(talking));
  await vi.waitFor(() => expect(store.get().threads).toHaveLength(1));
  hear({ type: "identify", what: { email: "ana@example.org" } });
  actions.say("One more thing", []);
  hear({ type: "clear" });
  expect(store.get()).toMatchObject({ contact_id: "", threads: [], outbox: [], current: null });
  expect(["token", "contact", "draft", "running", "identified"].map(memory.get)).toEqual(["", "", "", "", ""]);
  expect(memory.get("outbox")).toBe("[]");
  expect(told.at(-1)).toEqual({ type: "known", kept: "" });
});

test("the page hears what the visitor chooses", async () => {
  const { store, told, actions } = anas(kept(), answered(talking));
  await vi.waitFor(() => expect(store.get().loaded).toBe(true));
  actions.show("c1");
  actions.choose({ label: "Yes", value: "yes" });
  expect(told.filter(({ type }) => type === "happened").slice(-2)).toEqual([
    { type: "happened", name: "userSelectedThread", detail: { conversationId: "c1" } },
    { type: "happened", name: "quickReplyButtonClick", detail: { conversationId: "c1", value: "yes" } },
  ]);
});
