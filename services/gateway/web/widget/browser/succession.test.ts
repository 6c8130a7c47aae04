// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSocket } from "../../protocol/given";
import type { VisitorAsk } from "../../protocol/messages";
import { newChat, threadOf } from "../state/chat";
import { ana, given, said, started } from "../state/given";
import type { Outgoing } from "../state/outbox";
import { wordsIn } from "../words";
import { createController } from "./controller";
import { calls, kept, looks, page, session } from "./given";
import type { Memory } from "./memory";
import { createStore } from "./store";
import { hasGone } from "./succession";
import { createUploads } from "./uploads";

beforeEach(() => {
  FakeSocket.opened = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});

afterEach(() => vi.unstubAllGlobals());

const { position: _, ...thread } = given(started, said(ana));
const hers = { ...session, position: 20, conversations: [thread] };
const waiting: Outgoing = {
  command_id: "k", conversation_id: "c1", message_id: "m", text: "Hi", files: [], page: null, at: "2026-03-02T12:00:01Z", refused: null, retry: false,
};

/** One tab of Ana's; what she has said is there. `answer.contact_id` is whom the server takes this browser for. */
async function tab(channel: string, memory: Memory, answer: { contact_id: string }) {
  const now = () => (answer.contact_id === "ana" ? hers : { ...session, ...answer });
  const visitor = calls({ session: () => Promise.resolve(now()), forget: () => memory.set("token", "") });
  const store = createStore(newChat(looks, page, "en", false));
  const uploads = createUploads(visitor.headers);
  const uploaded = { renew: vi.spyOn(uploads, "renew"), clear: vi.spyOn(uploads, "clear") };
  const controller = createController({ channel, store, visitor, memory, uploads, host: { tell: () => undefined }, words: wordsIn("en") });
  await vi.waitFor(() => expect(threadOf(store.get())).not.toBeNull());
  return { store, uploaded, socket: FakeSocket.newest, ...controller };
}

/** Two tabs over one memory. As in a browser, each hears later, and in its order, what the other has changed. */
async function twoTabs(names: Record<string, string> = {}) {
  const memory = kept({ contact: "ana", ...names });
  const answer = { contact_id: "ana" };
  const channels = [crypto.randomUUID(), crypto.randomUUID()];
  const sees = (other: string): Memory => ({
    get: memory.get,
    set(name, value) {
      if (memory.get(name) === value) return;
      memory.set(name, value);
      setTimeout(() => dispatchEvent(new StorageEvent("storage", { key: `parley ${other} ${name}` })));
    },
  });
  const first = await tab(channels[0]!, sees(channels[1]!), answer);
  const second = await tab(channels[1]!, sees(channels[0]!), answer);
  return { first, second, memory, becomes: (contact_id: string) => (answer.contact_id = contact_id) };
}

/** Everything that was asked of the server so far, which takes it all. */
function asked(): VisitorAsk[] {
  return FakeSocket.opened.flatMap((socket) => {
    if (socket.readyState === 0) {
      socket.open();
      socket.says({ type: "welcome", epoch: "e1", position: 20, resumed: true });
    }
    const asks = socket.sent.flatMap((frame) => ("ask" in frame ? [frame.ask as VisitorAsk] : []));
    for (const { command_id } of asks) socket.says({ type: "accepted", command_id, position: 21 });
    return asks;
  });
}

test("who has gone in one tab is in no other either, nor is who the page said they were", async () => {
  const { first, second, becomes } = await twoTabs();
  second.hear({ type: "identify", what: { email: "ana@example.org" } });
  await vi.waitFor(() => expect(asked()).toHaveLength(1));
  becomes("bo");
  first.hear({ type: "clear" });
  await vi.waitFor(() => expect(second.store.get()).toMatchObject({ contact_id: "bo", threads: [], before: 1 }));
  expect(second.uploaded.clear).toHaveBeenCalled();
  second.actions.say("I am Bo", []);
  await vi.waitFor(() => expect(asked().at(-1)).toMatchObject({ type: "start_conversation", written: { text: "I am Bo" } }));
  expect(asked().filter(({ type }) => type === "identify_contact")).toMatchObject([{ contact_id: "ana" }]);
});

test("a token that counts no more in one tab takes the other along, with the words that wait and the files", async () => {
  const { first, second, memory, becomes } = await twoTabs({ outbox: JSON.stringify([waiting]) });
  becomes("somebody new");
  first.socket.open();
  first.socket.says({ type: "goodbye", reason: "signed_out", after_ms: 0, snapshot: true });
  await vi.waitFor(() => expect(second.store.get().contact_id).toBe("somebody new"));
  const [moved] = JSON.parse(memory.get("outbox")!) as Outgoing[];
  expect(moved!.conversation_id).not.toBe("c1");
  expect(second.store.get()).toMatchObject({ current: moved!.conversation_id, before: 0 });
  expect(second.uploaded.renew).toHaveBeenCalledOnce();
  expect(second.uploaded.clear).not.toHaveBeenCalled();
});

test("who has gone is to be forgotten, unless somebody else was met since", () => {
  const since = new Map([["since", "2000"]]);
  const memory: Memory = { get: (name) => since.get(name) ?? null, set: (name, value) => void since.set(name, value) };
  expect([null, 0, 1, 1_999, 2_001].map((gone) => hasGone(memory, gone))).toEqual([false, false, false, false, true]);
  since.clear();
  expect(hasGone(memory, 1_999)).toBe(true);
});
