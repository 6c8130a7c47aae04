import { describe, expect, it } from "vitest";
import { deliveryOf, lastOurs } from "../state/delivery";
import { titleFrom, itemsOf, pickedIn, UNCONFIRMED } from "../state/items";
import type { Pending } from "../state/outbox";
import { ana, ben, CHAT, content, entry, event, larch, minute, mira, says } from "./people";

const pending: Pending = {
  ask: {
    type: "post_message",
    command_id: "c",
    message_id: "p",
    conversation_id: CHAT,
    written: { text: "On my way" },
    seen: 5,
  },
  author: ben,
  at: minute(9),
  draft: { html: "", files: [] },
  thenClose: false,
  accepted: false,
  problem: null,
};
const kinds = (items: ReturnType<typeof itemsOf>) => items.map((item) => item.kind);

describe("the thread as it is read", () => {
  it("puts what is not confirmed after everything else, and shows it once", () => {
    const items = itemsOf([says(1, ana, "Hi")], [pending]);
    expect(items.at(-1)).toMatchObject({ kind: "group", key: "p" });
    const confirmed = says(9, ben, "On my way", { message_id: "p" });
    expect(itemsOf([says(1, ana, "Hi"), confirmed], [pending])).toHaveLength(items.length);
  });

  it("has no line for reading, and one for a transcript's whole way", () => {
    const noted = (position: number, status: string) =>
      entry(position, event("transcript_noted", position, { transcript_id: "t", status }));
    const read = entry(2, event("conversation_read", 2, { reader: "visitor", position: 1 }));
    expect(kinds(itemsOf([says(1, ana, "Hi"), read, noted(3, "requested")], []))).toEqual(["day", "group", "event"]);
    expect(kinds(itemsOf([noted(3, "requested"), noted(4, "sent")], []))).toEqual(["day", "event"]);
  });

  it("knows a click on one of the bot's buttons", () => {
    const offer = { ...content("Shall I tell a person?"), quick_replies: [{ label: "Yes, please", value: "yes" }] };
    const asked = says(1, larch, "", { content: offer });
    expect([...pickedIn([asked, says(2, ana, "Yes, please", { message_id: "click" })])]).toEqual(["click"]);
    expect(pickedIn([asked, says(2, ana, "No idea")]).size).toBe(0);
  });

  it("finds what the visitor came for, past buttons and addresses", () => {
    const offer = { ...content("What is it about?"), quick_replies: [{ label: "A repair", value: "repair" }] };
    const talk = [says(1, larch, "", { content: offer }), says(2, ana, "A repair"), says(3, ana, " ana@example.org ")];
    expect(titleFrom([...talk, says(4, ana, "My rear\nbrake squeals"), says(5, ana, "Hello?")])).toBe("My rear brake squeals");
    expect(titleFrom(talk)).toBe("A repair");
    expect(titleFrom([says(1, ben, "Hi")])).toBe("");
  });

  it("cuts a long question into a title between letters, not within one", () => {
    expect(titleFrom([says(1, ana, `${"x".repeat(79)}🚲 and so on`)])).toBe(`${"x".repeat(79)}🚲`);
  });

  it("tells the delivery state at the last thing people said, not at bots or comments", () => {
    const items = itemsOf(
      [
        says(1, ben, "Hi", { message_id: "ours" }),
        says(6, larch, "Beep"),
        entry(7, event("comment_added", 7, { message_id: "note", author: mira, content: content("hm"), mentions: [] })),
      ],
      [],
    );
    expect(lastOurs(items)).toBe("ours");
  });
});

describe("delivery", () => {
  const read = entry(4, event("conversation_read", 4, { reader: "visitor", position: 3 }));

  it.each([
    ["sending", UNCONFIRMED, pending, 0, true],
    ["waiting", UNCONFIRMED, pending, 0, false],
    ["sent", UNCONFIRMED, { ...pending, accepted: true }, 0, true],
    ["sent", 5, undefined, 3, true],
    ["read", 3, undefined, 3, true],
  ] as const)("is %s", (kind, position, one, upTo, online) => {
    expect(deliveryOf(position, one, [read], upTo, online).kind).toBe(kind);
  });

  it("is read once the visitor has answered, though nothing says so", () => {
    const answer = says(8, ana, "Thank you!");
    expect(deliveryOf(5, undefined, [answer], 0, true)).toEqual({ kind: "read", at: minute(8) });
    expect(deliveryOf(9, undefined, [answer], 0, true).kind).toBe("sent");
  });

  it("says when it was read, and why it failed", () => {
    expect(deliveryOf(2, undefined, [read], 3, true)).toEqual({ kind: "read", at: minute(4) });
    const problem = { code: "x", status: 409, title: "It has ended.", detail: null };
    expect(deliveryOf(UNCONFIRMED, { ...pending, problem }, [], 0, true)).toEqual({ kind: "failed", reason: "It has ended." });
  });
});
