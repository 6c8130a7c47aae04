import { expect, test } from "vitest";
import type { WidgetSession } from "../../protocol/messages";
import {
  newChat, onTheirWay, parseDismissed, peeked, TYPING_MS, unreadIn, withChosen, withEvent, withNewcomer, withNobody, withSession, withTyping,
} from "./chat";
import { ana, ben, closed, given, read, said, started } from "./given";
import type { Outgoing } from "./outbox";
import type { Thread } from "./threads";

const looks = { brand: "#1e5f4e", heading: "Hello!", company: "Spoke & Larch", side: "right" } as const;
const page = { url: "https://shop.example/", title: "" };
const empty = newChat(looks, page, "en", false);
const typing = { type: "typing", conversation_id: "c1", kind: "agent", id: "ben", name: "Ben Okoro", comment: false } as const;
const outgoing: Outgoing = {
  command_id: "k", conversation_id: "c1", message_id: "m40", text: "Hi", files: [], page: null, at: "2026-03-02T12:00:01Z", refused: null, retry: false,
};

function session(...threads: Thread[]): WidgetSession {
  const conversations = threads.map(({ position: _, ...thread }) => thread);
  const greeting = { bot: null, bubbles: [], quick_replies: [] };
  return { token: "t", contact_id: "ana", epoch: "e1", position: 100, appearance: looks, reply_minutes: 4, team: [], greeting, conversations };
}

const talking = withSession(empty, session(given(started, said(ana), said(ben))));

test("the first snapshot shows the running conversation", () => {
  expect(talking).toMatchObject({ loaded: true, current: "c1" });
});

test("a conversation that was chosen before the first snapshot stays, a new one too", () => {
  expect(withSession(withChosen(empty, null), session(given(started, said(ana)))).current).toBeNull();
  expect(withSession(withChosen(empty, "c0"), session(given(started, said(ana)))).current).toBe("c0");
});

test("an ended conversation that has been read stays in the list", () => {
  expect(withSession(empty, session(given(started, said(ana), closed))).current).toBeNull();
  expect(withSession(empty, session(given(started, said(ana), said(ben), closed))).current).toBe("c1");
});

test("words that wait from before a reload bring their conversation back", () => {
  expect(withSession({ ...empty, outbox: [outgoing] }, session()).current).toBe("c1");
});

test("a later snapshot leaves the visitor where they are", () => {
  expect(withSession({ ...talking, current: null, loaded: true }, session(given(started, said(ben)))).current).toBeNull();
});

test("a message leaves the outbox's place when it is in the thread, accepted or not", () => {
  const chat = { ...talking, outbox: [outgoing], accepted: [outgoing] };
  expect(onTheirWay(chat).map(({ taken }) => taken)).toEqual([true]);
  expect(onTheirWay({ ...chat, threads: [given(started, said(ana), said(ben), said(ana))] })).toEqual([]);
});

test("what waits is shown in the order it was written, in its own conversation", () => {
  const later = { ...outgoing, message_id: "m50", at: "2026-03-02T12:00:09Z" };
  const elsewhere = { ...outgoing, message_id: "m60", conversation_id: "c2" };
  const ids = onTheirWay({ ...talking, outbox: [later, elsewhere], accepted: [outgoing] }).map(({ message_id }) => message_id);
  expect(ids).toEqual(["m40", "m50"]);
});

test("the newest unread message peeks out of the shut card until it is waved away or read", () => {
  expect(peeked(talking)?.position).toBe(30);
  expect(peeked({ ...talking, dismissed: { epoch: "e1", position: 30 } })).toBeNull();
  expect(peeked({ ...talking, dismissed: { epoch: "e1", position: 20 } })?.position).toBe(30);
  expect(peeked({ ...talking, open: true })).toBeNull();
  expect(peeked(withEvent(talking, read("visitor", 30)(110)))).toBeNull();
});

test("what was waved away in another log says nothing of this one", () => {
  expect(peeked({ ...talking, dismissed: { epoch: "e0", position: 30 } })?.position).toBe(30);
});

test.each([
  ["e1 30", { epoch: "e1", position: 30 }],
  [null, { epoch: "", position: 0 }],
  ["e1 thirty", { epoch: "e1", position: 0 }],
])("of what was waved away the browser keeps %j", (kept, dismissed) => expect(parseDismissed(kept)).toEqual(dismissed));

test("nobody the server knows begins a new chat, on screen with the words that wait", () => {
  const chat = { ...talking, accepted: [outgoing], list: true };
  expect(withNobody(chat)).toMatchObject({ contact_id: "", threads: [], accepted: [], current: null, chosen: true, list: false });
  const waits = { ...outgoing, conversation_id: "c2" };
  expect(onTheirWay(withNobody({ ...chat, outbox: [waits] })).map(({ text }) => text)).toEqual(["Hi"]);
});

test("who begins anew goes on with what is half written; who comes after somebody else does not", () => {
  expect(withNobody(talking).before).toBe(talking.before);
  expect(withNewcomer(talking)).toEqual({ ...withNobody(talking), before: talking.before + 1 });
});

test("what stands on the open card does not count as unread", () => {
  expect(unreadIn(talking)).toHaveLength(1);
  expect(unreadIn({ ...talking, open: true })).toHaveLength(0);
  expect(unreadIn({ ...talking, open: true, list: true })).toHaveLength(1);
});

test("typing shows until its author has written", () => {
  const writing = withTyping(talking, typing, 1_000);
  expect(writing.typist).toMatchObject({ name: "Ben Okoro", until: 1_000 + TYPING_MS });
  expect(withEvent(writing, said(ana)(120)).typist).not.toBeNull();
  expect(withEvent(writing, said(ben)(120)).typist).toBeNull();
});

test("a comment in the making is nobody's business here", () => {
  expect(withTyping(talking, { ...typing, comment: true }, 0)).toBe(talking);
  expect(withTyping(talking, { ...typing, kind: "visitor" }, 0)).toBe(talking);
});
