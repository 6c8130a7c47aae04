import { describe, expect, test } from "vitest";
import type { ConversationRow, Entry } from "./messages";
import { evolveRow } from "./row";
import steps from "./rows.json";

interface Told {
  before: ConversationRow | null;
  entry: Entry;
  after: ConversationRow;
}

const story = steps as unknown as Told[];

describe("the row folds exactly as the gateway folds it", () => {
  test.each(story.map((told) => [told.entry.event.type, told.entry.position, told] as const))(
    "%s at %i",
    (_type, _position, { before, entry, after }) => expect(evolveRow(before, entry)).toEqual(after),
  );
});

const ana = story[0]!.after;

test("a contact's new name is taken over, the position stays", () => {
  const event = { type: "contact_renamed", at: ana.started_at, contact_id: ana.contact_id, name: "Ana" } as const;
  expect(evolveRow(ana, { position: 500, event })).toEqual({ ...ana, contact_name: "Ana" });
});

test("another contact's name changes nothing", () => {
  const event = { type: "contact_renamed", at: ana.started_at, contact_id: ana.inbox_id, name: "Mira" } as const;
  expect(evolveRow(ana, { position: 500, event })).toBe(ana);
});

test("a row never begins in the middle", () => {
  expect(() => evolveRow(null, story[2]!.entry)).toThrow("never started");
});

test("an event of a newer server leaves the row as it is, but for its position", () => {
  const newer = { position: 700, event: { ...story[1]!.entry.event, type: "conversation_sung" } } as unknown as Entry;
  expect(evolveRow(ana, newer)).toEqual({ ...ana, position: 700 });
});
