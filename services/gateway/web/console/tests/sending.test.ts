import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Accepted, AgentAsk } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { type Desk, emptyDesk, framed } from "../state/desk";
import { readDraft } from "../state/drafts";
import { tookThread, welcomed } from "../state/inbox";
import { type Composed, createSending } from "../state/sending";
import { createStore } from "../state/store";
import { ana, ben, CHAT, entry, event, me, OTHER_CHAT, says, thread, welcome } from "./people";
import { memory } from "./storage";

const composed: Composed = {
  conversation: CHAT,
  mode: "reply",
  text: "Hello Ana",
  html: null,
  mentions: [],
  seen: 10,
  thenClose: false,
  draft: { html: "<p>Hello Ana</p>", files: [] },
};

const closing = { type: "close_conversation", conversation_id: CHAT, with_ticket: false } as const;

function setUp(storage = memory()) {
  const inbox = tookThread(welcomed(emptyDesk(me).inbox, welcome(10, false)), thread(10, []));
  const desk = createStore<Desk>({ ...emptyDesk(me), inbox });
  const asked: AgentAsk[] = [];
  let answer: { resolve(accepted: Accepted): void; reject(error: unknown): void } | undefined;
  const ask = (one: AgentAsk) => {
    asked.push(one);
    return new Promise<Accepted>((resolve, reject) => {
      answer = { resolve, reject };
    });
  };
  const tell = vi.fn();
  const sending = createSending(desk, { ask }, storage, tell);
  const accept = (position: number) => answer?.resolve({ type: "accepted", command_id: "", position });
  const refuse = (code: string, status = 409) => answer?.reject(new Refusal({ code, status, title: code, detail: null }));
  return { desk, asked, accept, refuse, tell, sending, storage };
}

const turn = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

describe("sending", () => {
  beforeEach(() => void vi.useRealTimers());

  it("shows a message at once and takes it away when the log has it", () => {
    const { desk, sending, asked } = setUp();
    sending.send(composed);
    expect(desk.get().outbox).toHaveLength(1);
    const [ask] = asked;
    const message_id = ask && "message_id" in ask ? ask.message_id : "";
    desk.set((now) => framed(now, { type: "event", ...says(11, ben, "Hello Ana", { message_id }) }, 0));
    expect(desk.get().outbox).toHaveLength(0);
  });

  it("keeps an accepted message until its event arrives", async () => {
    const { desk, sending, accept } = setUp();
    sending.send(composed);
    accept(11);
    await turn();
    expect(desk.get().outbox).toMatchObject([{ accepted: true }]);
  });

  it("carries what its author had seen", () => {
    const { sending, asked } = setUp();
    sending.send(composed);
    expect(asked).toMatchObject([{ type: "post_message", seen: 10 }]);
  });

  it("gives a stale reply back with the newer message", async () => {
    const { desk, sending, refuse, storage } = setUp();
    sending.send(composed);
    desk.set((now) => framed(now, { type: "event", ...says(11, ana, "Oh wait") }, 0));
    refuse("something_newer");
    await turn();
    expect(desk.get().outbox).toHaveLength(0);
    expect(desk.get().stale.get(CHAT)?.newer).toEqual({ name: ana.name, text: "Oh wait" });
    expect(readDraft(storage, me.account_id, CHAT, "reply").html).toBe("<p>Hello Ana</p>");
  });

  it("gives what waits behind a stale reply back too, in the order it was written", async () => {
    const { sending, refuse, storage, asked } = setUp();
    sending.send(composed);
    sending.send({ ...composed, draft: { html: "<p>And welcome</p>", files: [] } });
    refuse("something_newer");
    await turn();
    expect(readDraft(storage, me.account_id, CHAT, "reply").html).toBe("<p>Hello Ana</p><p>And welcome</p>");
    expect(asked).toHaveLength(1);
  });

  it("keeps a refused message with the reason, and can send it again", async () => {
    const { desk, sending, refuse, asked } = setUp();
    sending.send(composed);
    refuse("conversation_is_closed");
    await turn();
    expect(desk.get().outbox[0]?.problem?.code).toBe("conversation_is_closed");
    sending.retry(asked[0]?.command_id ?? "");
    expect(asked).toHaveLength(2);
    expect(asked[1]?.command_id).not.toBe(asked[0]?.command_id);
  });

  it("asks again by itself, with the same id, when the server is out of breath", async () => {
    vi.useFakeTimers();
    const { sending, refuse, asked } = setUp();
    sending.send(composed);
    refuse("unavailable", 503);
    await vi.advanceTimersByTimeAsync(2500);
    expect(asked.map((ask) => ask.command_id)).toEqual([asked[0]?.command_id, asked[0]?.command_id]);
  });

  it("sends what an earlier page had not got through, under the same ids", () => {
    const { sending, storage, asked } = setUp();
    sending.send(composed);
    const reloaded = setUp(storage);
    reloaded.sending.restore();
    expect(reloaded.asked).toEqual(asked);
  });

  it("sends one thing after the other in a conversation, also when the first is put off", async () => {
    vi.useFakeTimers();
    const { sending, refuse, accept, asked } = setUp();
    const texts = () => asked.map((ask) => "written" in ask && ask.written.text);
    sending.send({ ...composed, text: "1" });
    sending.send({ ...composed, text: "2" });
    refuse("unavailable", 503);
    await vi.advanceTimersByTimeAsync(2500);
    expect(texts()).toEqual(["1", "1"]);
    accept(11);
    await vi.advanceTimersByTimeAsync(0);
    expect(texts()).toEqual(["1", "1", "2"]);
  });

  it("does not let one conversation wait for another", () => {
    const { sending, asked } = setUp();
    sending.send(composed);
    sending.send({ ...composed, conversation: OTHER_CHAT });
    expect(asked).toHaveLength(2);
  });

  it("goes on with the next when one is refused for good", async () => {
    const { sending, refuse, asked } = setUp();
    sending.send({ ...composed, text: "1" });
    sending.send({ ...composed, text: "2" });
    refuse("conversation_is_closed");
    await turn();
    expect(asked).toMatchObject([{ written: { text: "1" } }, { written: { text: "2" } }]);
  });

  it("shows after a reload what was refused and why, and sends it only when told to", async () => {
    const { sending, refuse, storage } = setUp();
    sending.send(composed);
    refuse("conversation_is_closed");
    await turn();
    const reloaded = setUp(storage);
    reloaded.sending.restore();
    expect(reloaded.desk.get().outbox).toMatchObject([{ problem: { code: "conversation_is_closed" } }]);
    expect(reloaded.asked).toEqual([]);
    reloaded.sending.retry(reloaded.desk.get().outbox[0]?.ask.command_id ?? "");
    expect(reloaded.asked).toHaveLength(1);
    reloaded.accept(11);
    await turn();
    expect(storage).toHaveLength(0);
  });

  it("closes after sending when that was wished", async () => {
    const { sending, accept, asked } = setUp();
    sending.send({ ...composed, thenClose: true });
    accept(11);
    await turn();
    expect(asked[1]).toMatchObject({ type: "close_conversation", conversation_id: CHAT });
  });

  it("says so when the close after it is refused", async () => {
    const { sending, accept, refuse, tell } = setUp();
    sending.send({ ...composed, thenClose: true });
    accept(11);
    await turn();
    refuse("not_allowed", 403);
    await turn();
    expect(tell).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ problem: expect.objectContaining({ code: "not_allowed" }) }));
  });

  it("closes when nothing waits any more, also after what was written since", async () => {
    const { sending, accept, asked } = setUp();
    sending.send({ ...composed, text: "1" });
    const closed = sending.close(closing);
    sending.send({ ...composed, text: "2" });
    for (const position of [11, 12, 13]) {
      accept(position);
      await turn();
    }
    expect(asked.map(({ type }) => type)).toEqual(["post_message", "post_message", "close_conversation"]);
    await expect(closed).resolves.toMatchObject({ position: 13 });
  });

  it("closes nothing under words that were refused, and says why", async () => {
    const { sending, refuse, asked } = setUp();
    sending.send(composed);
    const closed = sending.close(closing);
    refuse("something_newer");
    await expect(closed).rejects.toMatchObject({ problem: { code: "something_newer" } });
    expect(asked).toHaveLength(1);
  });

  it("asks for the close again by itself, with the same id, when the server is out of breath", async () => {
    vi.useFakeTimers();
    const { sending, refuse, accept, asked } = setUp();
    const closed = sending.close(closing);
    refuse("unavailable", 503);
    await vi.advanceTimersByTimeAsync(2500);
    accept(11);
    await closed;
    expect(asked).toHaveLength(2);
    expect(asked[1]).toEqual(asked[0]);
  });

  it("forgets who typed once their message is there", () => {
    const { desk } = setUp();
    const typing = {
      type: "typing",
      conversation_id: CHAT,
      kind: "visitor",
      id: ana.id,
      name: ana.name,
      comment: false,
    } as const;
    desk.set((now) => framed(now, typing, 0));
    expect(desk.get().signals.typing.size).toBe(1);
    desk.set((now) =>
      framed(
        now,
        {
          type: "event",
          ...entry(
            11,
            event("message_posted", 1, {
              message_id: "m",
              author: ana,
              content: { text: "?", html: null, attachments: [], quick_replies: [] },
            }),
          ),
        },
        0,
      ),
    );
    expect(desk.get().signals.typing.size).toBe(0);
  });
});
