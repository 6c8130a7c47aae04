import { afterEach, expect, test, vi } from "vitest";
import type { Accepted, VisitorAsk } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import type { Outgoing } from "../state/outbox";
import { kept as memoryOf } from "./given";
import { createSender } from "./sender";

afterEach(() => vi.useRealTimers());

const words = (id: string): Outgoing => ({
  command_id: `k${id}`, conversation_id: "c1", message_id: `m${id}`, text: id, files: [], page: null,
  at: "2026-03-02T12:00:00Z", refused: null, retry: false,
});
const refusal = (status: number, code: string) => new Refusal({ code, status, title: code, detail: null });

/** A browser's memory and one tab that sends from it; `answer` is what becomes of each ask. */
function tab(answer: (ask: VisitorAsk) => Promise<Accepted>, kept = memoryOf(), channel: string = crypto.randomUUID(), ready = Promise.resolve()) {
  const asked: string[] = [];
  const accepted: string[] = [];
  const ask = (one: VisitorAsk) => {
    asked.push(one.command_id);
    return answer(one);
  };
  const sender = createSender(channel, kept, { ready: () => ready, ask }, () => undefined, ({ message_id }) => accepted.push(message_id));
  return { sender, asked, accepted, kept };
}

const yes = ({ command_id }: VisitorAsk): Promise<Accepted> => Promise.resolve({ type: "accepted", command_id, position: 1 });

test("messages go in order, each after the one before was accepted, and then leave the memory", async () => {
  const { sender, asked, accepted } = tab(yes);
  for (const id of ["1", "2", "3"]) sender.change((outbox) => [...outbox, words(id)]);
  await vi.waitFor(() => expect(accepted).toEqual(["m1", "m2", "m3"]));
  expect(asked).toEqual(["k1", "k2", "k3"]);
  expect(sender.kept()).toEqual([]);
});

test("what no answer came for is kept, and is sent by the next page", async () => {
  const never = tab(() => new Promise(() => undefined));
  never.sender.change((outbox) => [...outbox, words("1"), words("2")]);
  await vi.waitFor(() => expect(never.asked).toEqual(["k1"]));
  const next = tab(yes, never.kept);
  await vi.waitFor(() => expect(next.accepted).toEqual(["m1", "m2"]));
});

test("a refused message stays and says why, the ones after it go on", async () => {
  const { sender, accepted } = tab((ask) => (ask.command_id === "k1" ? Promise.reject(refusal(422, "nothing_to_say")) : yes(ask)));
  sender.change((outbox) => [...outbox, words("1"), words("2")]);
  await vi.waitFor(() => expect(accepted).toEqual(["m2"]));
  expect(sender.kept()).toMatchObject([{ message_id: "m1", refused: "nothing_to_say", retry: false }]);
});

test("a server that cannot answer now is asked again, under the same command, before anything newer", async () => {
  vi.useFakeTimers();
  let down = true;
  const { sender, asked, accepted } = tab((ask) => (down ? Promise.reject(refusal(503, "unavailable")) : yes(ask)));
  sender.change((outbox) => [...outbox, words("1"), words("2")]);
  await vi.advanceTimersByTimeAsync(500);
  expect(sender.kept()).toMatchObject([{ message_id: "m1", refused: "unavailable" }, { message_id: "m2", refused: null }]);
  down = false;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(accepted).toEqual(["m1", "m2"]);
  expect(asked).toEqual(["k1", "k1", "k2"]);
});

test("the visitor's tap does not wait for the pause to end", async () => {
  vi.useFakeTimers();
  let down = true;
  const { sender, accepted } = tab((ask) => (down ? Promise.reject(refusal(503, "unavailable")) : yes(ask)));
  sender.change((outbox) => [...outbox, words("1")]);
  await vi.advanceTimersByTimeAsync(10);
  down = false;
  sender.change((outbox) => outbox.map((one) => ({ ...one, refused: null, retry: false })));
  await vi.advanceTimersByTimeAsync(0);
  expect(accepted).toEqual(["m1"]);
});

test("what changes before anything can be sent goes out as it is then", async () => {
  let go = () => {};
  const { sender, asked } = tab(yes, memoryOf(), crypto.randomUUID(), new Promise((resolve) => (go = resolve)));
  sender.change(() => [words("1")]);
  await Promise.resolve();
  sender.change(() => [words("2")]);
  go();
  await vi.waitFor(() => expect(asked).toEqual(["k2"]));
});
