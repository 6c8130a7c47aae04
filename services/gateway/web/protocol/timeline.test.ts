import { expect, test } from "vitest";
import type { Author, Entry, MessagePosted } from "./messages";
import { timelineOf } from "./timeline";

const ana: Author = { kind: "visitor", id: "ana", name: "Ana" };
const ben: Author = { kind: "agent", id: "ben", name: "Ben" };
const where = { conversation_id: "c", inbox_id: "i", contact_id: "ana" };

function says(position: number, author: Author, at: string): Entry {
  const content = { text: "Hello", html: null, attachments: [], quick_replies: [] };
  const event: MessagePosted = { ...where, type: "message_posted", at, message_id: `m${position}`, author, content, with_bot: false };
  return { position, event };
}

const shape = (entries: Entry[]) =>
  timelineOf(entries, ({ event }) => event.type === "conversation_unassigned").map((item) =>
    item.kind === "group" ? item.bubbles.map(({ position }) => position) : item.kind,
  );

test("bubbles of one author within three minutes stand together", () => {
  const entries = [
    says(1, ana, "2026-03-02T12:00:00Z"), says(2, ana, "2026-03-02T12:02:59Z"),
    says(3, ben, "2026-03-02T12:03:00Z"), says(4, ben, "2026-03-02T12:06:01Z"),
  ];
  expect(shape(entries)).toEqual(["day", [1, 2], [3], [4]]);
});

test("an event that is shown parts a group, one that is not shown does not", () => {
  const at = "2026-03-02T12:00:00Z";
  const read: Entry = { position: 2, event: { ...where, type: "conversation_read", at, reader: "agent", position: 1 } };
  const unassigned: Entry = { position: 4, event: { ...where, type: "conversation_unassigned", at } };
  expect(shape([says(1, ana, at), read, says(3, ana, at), unassigned, says(5, ana, at)])).toEqual(["day", [1, 3], "event", [5]]);
});

test("each day is named once", () => {
  const entries = [says(1, ana, "2026-03-02T12:00:00"), says(2, ana, "2026-03-03T12:00:00"), says(3, ana, "2026-03-03T12:01:00")];
  expect(shape(entries)).toEqual(["day", [1], "day", [2, 3]]);
});

test("a comment stands alone", () => {
  const at = "2026-03-02T12:00:00Z";
  const said = says(1, ben, at);
  const comment = { position: 2, event: { ...said.event, type: "comment_added", message_id: "m2", mentions: [] } } as Entry;
  expect(shape([said, comment, says(3, ben, at)])).toEqual(["day", [1], [2], [3]]);
});
