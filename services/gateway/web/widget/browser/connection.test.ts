// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FakeSocket } from "../../protocol/given";
import type { Accepted, VisitorAsk, WidgetSession } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { newChat } from "../state/chat";
import { createConnection } from "./connection";
import type { Visitor } from "./session";
import { createStore } from "./store";

const looks = { brand: "#1e5f4e", heading: "Hello!", company: "Spoke & Larch", side: "right" } as const;
const page = { url: "https://shop.example/", title: "" };
const session: WidgetSession = {
  token: "t", contact_id: "ana", epoch: "e1", position: 10, appearance: looks, reply_minutes: null, team: [],
  greeting: { bot: null, bubbles: [], quick_replies: [] }, conversations: [],
};
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
  const never = () => new Promise<never>(() => undefined);
  const visitor: Visitor = {
    session: answer, headers: () => ({}), token: () => "t", forget: vi.fn(), ask: never, live: never, earlier: never, fileUrl: never,
  };
  const store = createStore(newChat(looks, page, "en", false));
  return { store, visitor, connection: createConnection(store, visitor, () => undefined) };
}

const sentNow = () => FakeSocket.newest.sent.flatMap((frame) => ("ask" in frame ? [(frame.ask as VisitorAsk).command_id] : []));

test("a token that counts no more makes a new visitor; what waited is put off and then sent by them", async () => {
  const { store, visitor, connection } = anas();
  await vi.advanceTimersByTimeAsync(1_000);
  FakeSocket.newest.open();
  const before = connection.ask(ask("1"));
  await vi.advanceTimersByTimeAsync(0);
  FakeSocket.newest.says(SIGNED_OUT);
  expect(store.get().live).toBe("offline");
  expect(visitor.forget).toHaveBeenCalledOnce();
  const refusal: unknown = await before.catch((error: unknown) => error);
  expect(refusal).toMatchObject({ temporary: true });
  expect(refusal).toBeInstanceOf(Refusal);

  const again: Promise<Accepted> = connection.ask(ask("1"));
  await vi.advanceTimersByTimeAsync(20_000);
  FakeSocket.newest.open();
  FakeSocket.newest.says(WELCOME);
  expect(FakeSocket.opened).toHaveLength(2);
  expect(sentNow()).toEqual(["1"]);
  FakeSocket.newest.says({ type: "accepted", command_id: "1", position: 11 });
  await expect(again).resolves.toMatchObject({ position: 11 });
  expect(store.get().live).toBe("online");
});

test("a session that the server will never give is told to whoever wrote the page", async () => {
  const told = vi.spyOn(console, "error").mockReturnValue();
  const no = (status: number) => new Refusal({ code: "no", status, title: "No", detail: `page.url: ${status}` });
  const answers = [no(503), no(422)];
  anas(() => Promise.reject(answers.shift() ?? no(503)));
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told.mock.calls).toEqual([["Parley:", "page.url: 422"]]);
});
