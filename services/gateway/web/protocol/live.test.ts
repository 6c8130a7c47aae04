// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { SILENCE_MS } from "./connection";
import { FakeSocket } from "./given";
import { createLive, type Live, type LiveState } from "./live";
import type { Accepted, LiveCall, MarkReadAsk, Polled, VisitorAsk } from "./messages";

const WELCOME = { type: "welcome", epoch: "e1", position: 5, resumed: true } as const;
const WELCOMED: Polled = { frames: [WELCOME], seen: "" };
const QUIET: Polled = { frames: [{ type: "heartbeat", position: 5 }], seen: "" };
const ask = (command_id: string): MarkReadAsk => ({ type: "mark_read", command_id, conversation_id: "c1", position: 1 });
const accepted = (command_id: string): Accepted => ({ type: "accepted", command_id, position: 7 });

let live: Live<VisitorAsk>;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.opened = [];
  vi.stubGlobal("WebSocket", FakeSocket);
});

afterEach(() => {
  live.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A call that its caller can give up, as `fetch` has it. */
function until<T>(signal: AbortSignal, ms: number, answer: T): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(new DOMException("Given up", "AbortError")));
    if (Number.isFinite(ms)) setTimeout(() => resolve(answer), ms);
  });
}

/** A connection whose posts are answered after these, ms, one after the other; so is each poll's hello. */
function connected({ posts = [], hello = 10 }: { posts?: number[]; hello?: number } = {}) {
  const posted: string[] = [];
  const states: LiveState[] = [];
  live = createLive<VisitorAsk>({
    url: "wss://parley.example/api/widget/live",
    hello: () => ({ type: "hello" }),
    onFrame: () => undefined,
    onState: (state) => states.push(state),
    post({ command_id }, signal) {
      posted.push(command_id);
      return until(signal, posts[posted.length - 1] ?? 10, accepted(command_id));
    },
    poll: (call: LiveCall, signal) => (call.type === "hello" ? until(signal!, hello, WELCOMED) : until(signal!, 20_000, QUIET)),
  });
  return { posted, states };
}

/** Two sockets that are not welcomed, then the first poll is under way. */
async function withoutSockets(): Promise<void> {
  FakeSocket.newest.drop();
  await vi.advanceTimersByTimeAsync(2_000);
  FakeSocket.newest.drop();
  await vi.advanceTimersByTimeAsync(2_000);
}

test("an ask goes out once it is welcomed and comes back with its answer", async () => {
  const { states } = connected();
  const answer = live.ask(ask("1"));
  FakeSocket.newest.open();
  expect(FakeSocket.newest.sent).toEqual([{ type: "hello" }]);
  FakeSocket.newest.says(WELCOME);
  expect(FakeSocket.newest.sent.at(-1)).toEqual({ type: "ask", ask: ask("1") });
  FakeSocket.newest.says(accepted("1"));
  await expect(answer).resolves.toEqual(accepted("1"));
  expect(states).toEqual(["connecting", "online"]);
});

test("a POST that hangs is given up and made again, and what follows is asked as well", async () => {
  const { posted } = connected({ posts: [Infinity] });
  await withoutSockets();
  const answers = [live.ask(ask("1")), live.ask(ask("2"))];
  await vi.advanceTimersByTimeAsync(SILENCE_MS + 5_000);
  await expect(Promise.all(answers)).resolves.toEqual([accepted("1"), accepted("2")]);
  expect(posted).toEqual(["1", "1", "2"]);
});

test("a cut gives up the POST that is under way", async () => {
  const { posted } = connected({ posts: [Infinity] });
  await withoutSockets();
  const answer = live.ask(ask("1"));
  dispatchEvent(new Event("offline"));
  await vi.advanceTimersByTimeAsync(5_000);
  await expect(answer).resolves.toEqual(accepted("1"));
  expect(posted).toEqual(["1", "1"]);
});

test("a slow line's hello has as long as any answer", async () => {
  const { states } = connected({ hello: 30_000 });
  await withoutSockets();
  await vi.advanceTimersByTimeAsync(30_000);
  expect(states.at(-1)).toBe("online");
});

test("who stops is told that their asks were not taken", async () => {
  connected();
  const answer = live.ask(ask("1"));
  live.stop();
  await expect(answer).rejects.toMatchObject({ temporary: true });
  await expect(live.ask(ask("2"))).rejects.toMatchObject({ temporary: true });
});
