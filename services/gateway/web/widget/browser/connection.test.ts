// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSocket } from "../../protocol/given";
import type { Accepted, VisitorAsk, WidgetSession } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { newChat } from "../state/chat";
import { createConnection } from "./connection";
import { calls, looks, page, session } from "./given";
import { createStore } from "./store";

const WELCOME = { type: "welcome", epoch: "e1", position: 10, resumed: true };
const SIGNED_OUT = { type: "goodbye", reason: "signed_out", after_ms: 0, snapshot: true };
const ask = (command_id: string): VisitorAsk => ({ type: "mark_read", command_id, conversation_id: "c1", position: 1 });

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.opened = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** Ana's side of it; `answer` is what becomes of each wish for a session. */
function anas(answer: () => Promise<WidgetSession> = () => Promise.resolve(session)) {
  const visitor = calls({ session: answer, token: () => "t", forget: vi.fn() });
  const store = createStore(newChat(looks, page, "en", false));
  const heard = { event: vi.fn(), visitor: vi.fn(), refused: vi.fn() };
  return { store, visitor, heard, connection: createConnection(store, visitor, heard) };
}

const sentNow = () => FakeSocket.newest.sent.flatMap((frame) => ("ask" in frame ? [(frame.ask as VisitorAsk).command_id] : []));

test("a token that counts no more makes a new visitor at once; what waited is put off and then sent by them", async () => {
  const { store, visitor, heard, connection } = anas();
  await vi.advanceTimersByTimeAsync(1_000);
  FakeSocket.newest.open();
  const before = connection.ask(ask("1"));
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.newest.says(SIGNED_OUT);
  expect(visitor.forget).toHaveBeenCalledOnce();
  expect(heard.refused).toHaveBeenCalledOnce();
  const refusal: unknown = await before.catch((error: unknown) => error);
  expect(refusal).toMatchObject({ temporary: true });
  expect(refusal).toBeInstanceOf(Refusal);

  const again: Promise<Accepted> = connection.ask(ask("1"));
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.newest.open();
  FakeSocket.newest.says(WELCOME);
  expect(FakeSocket.opened).toHaveLength(2);
  expect(sentNow()).toEqual(["1"]);
  FakeSocket.newest.says({ type: "accepted", command_id: "1", position: 11 });
  await expect(again).resolves.toMatchObject({ position: 11 });
  expect(store.get().live).toBe("online");
});

test("a server that refuses every token is asked every 20 seconds, no more", async () => {
  anas();
  await vi.advanceTimersByTimeAsync(1_000);
  for (const opened of [2, 2, 3]) {
    FakeSocket.newest.open();
    FakeSocket.newest.says(SIGNED_OUT);
    await vi.advanceTimersByTimeAsync(opened === FakeSocket.opened.length ? 19_000 : 0);
    expect(FakeSocket.opened).toHaveLength(opened);
    await vi.advanceTimersByTimeAsync(1_000);
  }
});

test("who is here is told before what is theirs", async () => {
  const { store, heard } = anas();
  heard.visitor.mockImplementation(() => expect(store.get().loaded).toBe(false));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard.visitor).toHaveBeenCalledExactlyOnceWith("ana");
  expect(store.get().loaded).toBe(true);
});

test("a snapshot that is for somebody else is followed by a connection of theirs", async () => {
  const sessions = [session, { ...session, contact_id: "somebody new" }];
  anas(() => Promise.resolve(sessions.shift() ?? { ...session, contact_id: "somebody new" }));
  await vi.advanceTimersByTimeAsync(1_000);
  FakeSocket.newest.open();
  FakeSocket.newest.says({ ...WELCOME, resumed: false });
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.opened).toHaveLength(2);
});

test("who begins with a new session while the old one is still awaited has one connection", async () => {
  const { connection } = anas();
  connection.renew();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(FakeSocket.opened).toHaveLength(1);
});

test("a session that the server will never give is told to whoever wrote the page", async () => {
  const told = vi.spyOn(console, "error").mockReturnValue();
  const no = (status: number) => new Refusal({ code: "no", status, title: "No", detail: `page.url: ${status}` });
  const answers = [no(503), no(422)];
  anas(() => Promise.reject(answers.shift() ?? no(503)));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.mock.calls).toEqual([["Parley:", "page.url: 422"]]);
});
