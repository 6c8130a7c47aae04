import { describe, expect, it } from "vitest";
import {
  emptyInbox,
  happened,
  type Inbox,
  listed,
  rowOf,
  rowsToCount,
  SnapshotTooOld,
  threadOf,
  tookEarlier,
  tookRows,
  tookThread,
  welcomed,
} from "../state/inbox";
import { ana, ben, CHAT, entry, event, me, minute, OTHER_CHAT, row, rowsPage, says, thread, welcome } from "./people";

const connected = (position = 10): Inbox => welcomed(emptyInbox, welcome(position, false));
const fold = (inbox: Inbox, ...entries: ReturnType<typeof entry>[]) => entries.reduce(happened, inbox);
const shown = (inbox: Inbox) => listed(inbox, "all_open", me.account_id).map((one) => one.conversation_id);

describe("snapshot and events", () => {
  it("folds what happened after the snapshot was taken, though it came before the snapshot", () => {
    const ahead = fold(connected(), says(11, ana, "Hello?"));
    const inbox = tookRows(ahead, "all_open", rowsPage([row({ position: 9 })], 10), null);
    expect(inbox.rows.get(CHAT)?.last?.text).toBe("Hello?");
  });

  it("keeps a newer row over an older snapshot", () => {
    const first = tookRows(connected(), "all_open", rowsPage([row({ position: 9 })], 10), null);
    const later = fold(first, says(11, ana, "Hello?"));
    expect(tookRows(later, "all_open", rowsPage([row({ position: 9 })], 10), null).rows.get(CHAT)?.position).toBe(11);
  });

  it("refuses a snapshot that is older than what it remembers, or of another log", () => {
    expect(() => tookRows(connected(10), "all_open", rowsPage([], 8), null)).toThrow(SnapshotTooOld);
    expect(() => tookRows(connected(10), "all_open", { ...rowsPage([], 12), epoch: "two" }, null)).toThrow(SnapshotTooOld);
  });

  it("gives the same thread whether an event came before or after the snapshot", () => {
    const news = says(11, ana, "Hello?");
    const before = tookThread(fold(connected(), news), thread(10, []));
    const after = fold(tookThread(connected(), thread(10, [])), news);
    expect(before.threads.get(CHAT)).toEqual(after.threads.get(CHAT));
  });

  it("does nothing for an event seen before", () => {
    const once = fold(tookThread(connected(), thread(10, [])), says(11, ana, "Hello?"));
    expect(fold(once, says(11, ana, "Hello?"))).toBe(once);
  });
});

describe("a list", () => {
  it("is made once per change, and anew for each view and after each event that concerns it", () => {
    const inbox = tookRows(connected(), "all_open", rowsPage([row({ position: 9 })], 10), null);
    const list = listed(inbox, "all_open", me.account_id);
    expect(listed({ ...inbox, position: 11 }, "all_open", me.account_id)).toBe(list);
    expect(listed(inbox, "mine", me.account_id)).toEqual([]);
    expect(listed(fold(inbox, says(11, ana, "Hello?")), "all_open", me.account_id)[0]?.last?.text).toBe("Hello?");
  });
});

describe("reconnecting", () => {
  it("goes on where it was when the server resumes", () => {
    const inbox = tookThread(connected(), thread(10, []));
    expect(welcomed(inbox, welcome(15, true)).threads).toBe(inbox.threads);
  });

  const opened = tookRows(tookThread(connected(), thread(10, [])), "all_open", rowsPage([row()], 10), null);
  const anew = (inbox: Inbox) => welcomed(inbox, welcome(5, false, "two"));

  it("loads everything anew when the server cannot resume, and shows what it had until then", () => {
    const inbox = anew(opened);
    expect([inbox.threads.size, inbox.rows.size, inbox.windows.size]).toEqual([0, 0, 0]);
    expect(inbox.generation).toBe(2);
    expect([rowOf(inbox, CHAT), threadOf(inbox, CHAT)]).toEqual([rowOf(opened, CHAT), threadOf(opened, CHAT)]);
    expect([shown(inbox), shown(anew(inbox))]).toEqual([[CHAT], [CHAT]]);
  });

  const ofTwo = (position: number) => ({ ...rowsPage([], position), epoch: "two" });
  const threadOfTwo = { ...thread(5, []), epoch: "two" };

  it("keeps nothing of before once a list has come, but the open conversation until it has come too", () => {
    const listedAnew = tookRows(anew(opened), "mine", ofTwo(5), null);
    expect([listedAnew.before.rows.size, listedAnew.before.windows.size, shown(listedAnew)]).toEqual([0, 0, []]);
    expect([rowOf(listedAnew, CHAT), threadOf(listedAnew, CHAT)]).toEqual([rowOf(opened, CHAT), threadOf(opened, CHAT)]);
    expect(tookThread(listedAnew, threadOfTwo).before).toEqual(emptyInbox.before);
  });

  it("leaves another conversation, opened meanwhile, on screen when the first one comes late", () => {
    const two = tookThread(opened, thread(10, [], { conversation: row({ conversation_id: OTHER_CHAT, position: 10 }) }));
    const inbox = tookThread(anew(two), threadOfTwo);
    expect(threadOf(inbox, OTHER_CHAT)).toBe(threadOf(two, OTHER_CHAT));
  });

  it("counts what was on screen until anything is loaded anew, and what is folded forward from then on", () => {
    const inbox = anew(opened);
    expect(rowsToCount(inbox)).toEqual(opened.rows);
    expect(rowsToCount(tookRows(inbox, "all_open", ofTwo(5), null)).size).toBe(0);
    expect([...rowsToCount(tookThread(anew(opened), threadOfTwo)).values()]).toEqual([threadOfTwo.conversation]);
  });

  it("takes what is loaded anew for the truth, though its positions are lower", () => {
    const fresh = { ...thread(5, [says(4, ana, "Another past")]), epoch: "two" };
    const inbox = tookThread(anew(opened), fresh);
    expect([rowOf(inbox, CHAT)?.position, threadOf(inbox, CHAT)?.entries.length]).toEqual([5, 1]);
    expect(shown(tookRows(anew(opened), "all_open", { ...rowsPage([], 5), epoch: "two" }, null))).toEqual([]);
  });
});

describe("the list", () => {
  const older = row({ conversation_id: OTHER_CHAT, activity_at: minute(-60), position: 5 });

  it("moves a conversation up when something happens in it", () => {
    const inbox = tookRows(connected(), "all_open", rowsPage([row(), older], 10), null);
    expect(shown(inbox)).toEqual([CHAT, OTHER_CHAT]);
    const news = entry(
      11,
      event("message_posted", 5, {
        conversation_id: OTHER_CHAT,
        message_id: "m",
        author: ana,
        content: { text: "?", html: null, attachments: [], quick_replies: [] },
      }),
    );
    expect(shown(fold(inbox, news))).toEqual([OTHER_CHAT, CHAT]);
  });

  it("shows a conversation that starts now, and takes one away that ends", () => {
    const start = entry(
      11,
      event("conversation_started", 1, {
        contact_name: "Ana",
        channel_id: "c",
        channel: "chat",
        page: { url: "https://a.example", title: "" },
        locale: "en",
        time_zone: "UTC",
        bot: null,
      }),
    );
    const begun = fold(tookRows(connected(), "all_open", rowsPage([], 10), null), start);
    expect(shown(begun)).toEqual([CHAT]);
    const end = entry(
      12,
      event("conversation_closed", 2, {
        by: "agent",
        reason: "closed_by_agent",
        closed_by: ben,
        with_bot: false,
        ticket_id: null,
        why: [],
      }),
    );
    expect(shown(fold(begun, end))).toEqual([]);
  });

  it("counts up when something happens in a conversation nobody loaded", () => {
    expect(fold(connected(), says(11, ana, "Hello?")).unknown).toBe(1);
  });

  it("shows nothing below the loaded window, where rows may be missing", () => {
    const first = tookRows(connected(), "all_open", rowsPage([row()], 10, "cursor"), null);
    const fromElsewhere = tookRows(first, "mine", rowsPage([older], 10), null);
    expect(shown(fromElsewhere)).toEqual([CHAT]);
    expect(shown(tookRows(fromElsewhere, "all_open", rowsPage([older], 10), "cursor"))).toEqual([CHAT, OTHER_CHAT]);
  });

  it("keeps the depth it was scrolled to when its first page is loaded again", () => {
    const first = tookRows(connected(), "all_open", rowsPage([row()], 10, "cursor"), null);
    const deep = tookRows(first, "all_open", rowsPage([older], 10), "cursor");
    expect(shown(tookRows(deep, "all_open", rowsPage([row()], 10, "cursor"), null))).toEqual([CHAT, OTHER_CHAT]);
  });
});

describe("an opened conversation", () => {
  it("keeps older entries when a fresh snapshot arrives", () => {
    const opened = tookThread(connected(), thread(10, [says(8, ana, "b")], { earlier: 8 }));
    const scrolled = tookEarlier(opened, CHAT, { entries: [says(7, ana, "a")], earlier: null });
    const again = tookThread(scrolled, thread(10, [says(8, ana, "b")], { earlier: 8 }));
    expect(again.threads.get(CHAT)?.entries.map(({ position }) => position)).toEqual([7, 8]);
    expect(again.threads.get(CHAT)?.earlier).toBeNull();
  });

  it("takes over a contact's new name in rows and threads alike", () => {
    const inbox = tookThread(connected(), thread(10, []));
    const renamed = fold(inbox, entry(11, { type: "contact_renamed", at: minute(1), contact_id: ana.id, name: "Ana H." }));
    expect(renamed.rows.get(CHAT)?.contact_name).toBe("Ana H.");
    expect(renamed.threads.get(CHAT)?.contact.name).toBe("Ana H.");
  });
});
