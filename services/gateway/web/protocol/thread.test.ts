import { expect, test } from "vitest";
import type { Contact, ConversationRow, Entry, Thread } from "./messages";
import steps from "./rows.json";
import { evolveThread, readMarks, withEarlier, withEntry } from "./thread";

const story = steps as unknown as { entry: Entry; after: ConversationRow }[];
const [first, ...rest] = story;
const row = first!.after;
const ana: Contact = {
  contact_id: row.contact_id, name: "Visitor 7", address: null, locale: "hr", time_zone: "UTC", met_at: row.started_at,
};
const opened: Thread = {
  epoch: "e1", position: first!.entry.position, conversation: row, contact: ana, entries: [first!.entry], earlier: null, past: [],
};
const told = rest.map(({ entry }) => entry);
const news = told.filter(({ position }, n) => told.findIndex((other) => other.position === position) === n);

test("an old snapshot and the events after it make the fresh snapshot, wherever it was taken", () => {
  const whole = news.reduce(evolveThread, opened);
  for (let cut = 0; cut <= news.length; cut++) {
    const snapshot = news.slice(0, cut).reduce(evolveThread, opened);
    expect(news.reduce(evolveThread, snapshot)).toEqual(whole);
  }
});

test("an entry that comes again changes nothing, not even the object", () => {
  const thread = evolveThread(opened, news[0]!);
  expect(evolveThread(thread, news[0]!)).toBe(thread);
  expect(evolveThread(thread, first!.entry)).toBe(thread);
});

test("another conversation's entry changes nothing", () => {
  const elsewhere = { position: 900, event: { ...news[0]!.event, conversation_id: row.inbox_id } } as Entry;
  expect(evolveThread(opened, elsewhere)).toBe(opened);
});

test("an address that arrives shows in the contact, and its name in the row", () => {
  const event = {
    type: "contact_identified", at: row.started_at, contact_id: ana.contact_id, address: "ana@example.org", name: "Ana", source: "bot",
  } as const;
  const thread = evolveThread(opened, { position: 901, event });
  expect(thread.contact).toMatchObject({ address: "ana@example.org", name: "Ana" });
  expect(thread.conversation.contact_name).toBe("Ana");
  expect(thread.entries).toBe(opened.entries);
});

test("older entries come in front, doubles once", () => {
  const late = { ...opened, entries: news.slice(5), earlier: 21 };
  const page = { entries: [first!.entry, ...news.slice(0, 6)], earlier: null };
  const thread = withEarlier(late, page);
  expect(thread.entries.map(({ position }) => position)).toEqual([first!.entry, ...news].map(({ position }) => position));
  expect(thread.earlier).toBeNull();
});

test("entries keep their order, each position once", () => {
  const [a, b, c] = news as [Entry, Entry, Entry];
  expect(withEntry(withEntry([a, c], b), b)).toEqual([a, b, c]);
});

test("read marks are the highest that were told", () => {
  expect(readMarks(news)).toEqual({ visitor: 31, agent: 9 });
});
