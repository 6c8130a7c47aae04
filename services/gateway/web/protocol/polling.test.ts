import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Hello, Poll, Polled, ServerFrame } from "./messages";
import { createPolling, PACE_MS } from "./polling";
import { Refusal } from "./refusal";

const HELLO: Hello = { type: "hello", epoch: null, position: null };
const WHERE = { epoch: "e", position: 4, viewing: null };
const beat = (position: number): ServerFrame => ({ type: "heartbeat", position });

/** A line whose other end answers by hand, and what was heard on it. */
function line({ stopAfter = Infinity } = {}) {
  const calls: { call: Hello | Poll; signal: AbortSignal; answer(answer: Polled): void; fail(error: unknown): void }[] = [];
  const heard: unknown[] = [];
  const post = (call: Hello | Poll, signal: AbortSignal) =>
    new Promise<Polled>((answer, fail) => calls.push({ call, signal, answer, fail }));
  const polling = createPolling(post, {
    frame: (frame) => heard.push(frame) === stopAfter && polling.stop(),
    answered: () => heard.push("answered"),
    failed: () => heard.push("failed"),
  });
  return { calls, heard, polling, settled: () => vi.advanceTimersByTimeAsync(0) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("polling", () => {
  test("frames are heard in order, and what was seen is said next time", async () => {
    const { calls, heard, polling, settled } = line();
    polling.hello(HELLO);
    calls[0]!.answer({ frames: [beat(1), beat(2)], seen: "people=1" });
    await settled();
    expect(heard).toEqual([beat(1), beat(2), "answered"]);
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    expect(calls[1]!.call).toEqual({ type: "poll", ...WHERE, seen: "people=1" });
  });

  test("who is welcomed anew by a poll has seen nothing yet", async () => {
    const { calls, polling, settled } = line();
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    calls[0]!.answer({ frames: [{ type: "welcome", epoch: "e", position: 9, resumed: false }], seen: "people=1" });
    await settled();
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    expect(calls[1]!.call).toMatchObject({ seen: "" });
  });

  test("what an answer brought is seen once all of it was heard", async () => {
    const { calls, polling, settled } = line({ stopAfter: 1 });
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    calls[0]!.answer({ frames: [beat(1), beat(2)], seen: "people=1" });
    await settled();
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    expect(calls[1]!.call).toMatchObject({ seen: "" });
  });

  test("however much happens, calls keep their distance; after a pause there is none to keep", async () => {
    const { calls, polling } = line();
    polling.hello(HELLO);
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(PACE_MS - 1);
    expect(calls).toHaveLength(1);
    polling.poll({ ...WHERE, position: 5 });
    await vi.advanceTimersByTimeAsync(1);
    expect(calls.map(({ call }) => call)).toEqual([HELLO, { type: "poll", ...WHERE, position: 5, seen: "" }]);
    await vi.advanceTimersByTimeAsync(PACE_MS);
    polling.poll(WHERE);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toHaveLength(3);
  });

  test("a new call takes the one before back, whose answer is not heard", async () => {
    const { calls, heard, polling, settled } = line();
    polling.hello(HELLO);
    polling.poll(WHERE);
    expect(calls[0]!.signal.aborted).toBe(true);
    calls[0]!.answer({ frames: [beat(1)], seen: "" });
    calls[0]!.fail(new TypeError("aborted"));
    await settled();
    expect(heard).toEqual([]);
  });

  test("nothing is heard after a frame that ended it", async () => {
    const calls: string[] = [];
    const polling = createPolling(
      async () => ({ frames: [beat(1), beat(2)], seen: "" }),
      { frame: () => (calls.push("frame"), polling.stop()), answered: () => calls.push("answered"), failed: () => calls.push("failed") },
    );
    polling.hello(HELLO);
    await vi.advanceTimersByTimeAsync(0);
    expect(calls).toEqual(["frame"]);
  });

  test("no answer, and an answer with nothing in it, have failed", async () => {
    for (const end of ["fail", "empty"]) {
      const { calls, heard, polling, settled } = line();
      polling.hello(HELLO);
      if (end === "fail") calls[0]!.fail(new TypeError("Failed to fetch"));
      else calls[0]!.answer({ frames: [], seen: "" });
      await settled();
      expect(heard).toEqual(["failed"]);
    }
  });

  test("who is not signed in any more hears the goodbye a socket says", async () => {
    const { calls, heard, polling, settled } = line();
    polling.hello(HELLO);
    calls[0]!.fail(new Refusal({ code: "not_signed_in", status: 401, title: "Sign in", detail: null }));
    await settled();
    expect(heard[0]).toMatchObject({ type: "goodbye", reason: "signed_out" });
  });
});
