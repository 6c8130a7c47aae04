/**
 * All the console knows about conversations: snapshots from the gateway, folded forward by every later event.
 *
 * Rows are kept by id; a view's list is those of its rows that lie inside the window loaded so far. Events of a conversation
 * nobody has loaded yet cannot be folded; they count up `unknown`, and whoever shows a list loads its first page again.
 */

import type { ConversationRow, Entry, Rows, Thread, View, Welcome } from "../../protocol/messages";
import { evolveRow } from "../../protocol/row";
import { evolveThread, withEarlier } from "../../protocol/thread";
import { isIn, newestFirst } from "./rows";
import { emptyTail, missed, remember, type Tail } from "./tail";

/** How far down a view is loaded: to the row at `horizon`, or to its end (null). `next` asks for the page after. */
export interface Window {
  horizon: ConversationRow | null;
  next: string | null;
}

/** What snapshots have brought. */
interface Loaded {
  rows: ReadonlyMap<string, ConversationRow>;
  threads: ReadonlyMap<string, Thread>;
  windows: ReadonlyMap<View, Window>;
}

export interface Inbox extends Loaded {
  epoch: string | null;
  position: number;
  generation: number;
  unknown: number;
  tail: Tail;
  /** From before it had to be loaded anew: stays on screen, as it was, until the first list or the same thread has come. */
  before: Loaded;
}

/** The snapshot is older than what is remembered: fetch it again. */
export class SnapshotTooOld extends Error {}

const THREADS_KEPT = 40;

const nothing: Loaded = { rows: new Map(), threads: new Map(), windows: new Map() };

export const emptyInbox: Inbox = {
  ...nothing,
  epoch: null,
  position: 0,
  generation: 0,
  unknown: 0,
  tail: emptyTail(0),
  before: nothing,
};

/** Connected. When the server could not resume, all that was loaded must be loaded anew: no event can be folded into it. */
export function welcomed(inbox: Inbox, welcome: Welcome): Inbox {
  if (welcome.resumed) return { ...inbox, epoch: welcome.epoch };
  const { epoch, position } = welcome;
  return { ...emptyInbox, epoch, position, generation: inbox.generation + 1, tail: emptyTail(position), before: allOf(inbox) };
}

function allOf({ before, ...now }: Inbox): Loaded {
  return {
    rows: new Map([...before.rows, ...now.rows]),
    threads: new Map([...before.threads, ...now.threads].slice(-THREADS_KEPT)),
    windows: new Map([...before.windows, ...now.windows]),
  };
}

/** What there is to show of a conversation when it is opened. */
export const threadOf = ({ threads, before }: Inbox, id: string) => threads.get(id) ?? before.threads.get(id);

/** What there is to show of a conversation in short. */
export const rowOf = (inbox: Inbox, id: string) =>
  inbox.rows.get(id) ?? inbox.before.rows.get(id) ?? threadOf(inbox, id)?.conversation;

/** The rows that may be counted: those that events are folded into, or, while there are none, what is still on screen. */
export const rowsToCount = ({ rows, before }: Inbox) => (rows.size > 0 ? rows : before.rows);

/** One event, in order. A position seen before changes nothing. */
export function happened(inbox: Inbox, entry: Entry): Inbox {
  if (entry.position <= inbox.position) return inbox;
  const next = { ...inbox, position: entry.position, tail: remember(inbox.tail, entry) };
  return "conversation_id" in entry.event
    ? foldConversation(next, entry.event.conversation_id, entry)
    : foldContact(next, entry);
}

function foldConversation(inbox: Inbox, id: string, entry: Entry): Inbox {
  const row = inbox.rows.get(id) ?? null;
  if (!row && entry.event.type !== "conversation_started") {
    return { ...inbox, unknown: inbox.unknown + 1, threads: foldThread(inbox.threads, id, entry) };
  }
  const rows = new Map(inbox.rows).set(id, evolveRow(row, entry));
  return { ...inbox, rows, threads: foldThread(inbox.threads, id, entry) };
}

function foldThread(threads: ReadonlyMap<string, Thread>, id: string, entry: Entry): ReadonlyMap<string, Thread> {
  const thread = threads.get(id);
  return thread ? new Map(threads).set(id, evolveThread(thread, entry)) : threads;
}

function foldContact(inbox: Inbox, entry: Entry): Inbox {
  const rows = new Map(inbox.rows);
  for (const [id, row] of rows) rows.set(id, evolveRow(row, entry));
  const threads = new Map(inbox.threads);
  for (const [id, thread] of threads) threads.set(id, evolveThread(thread, entry));
  return { ...inbox, rows, threads };
}

/** A page of a view arrived. `after` is the cursor it was asked with, null for the first page. */
export function tookRows(inbox: Inbox, view: View, page: Rows, after: string | null): Inbox {
  const later = caughtUp(inbox, page.epoch, page.position);
  const rows = new Map(inbox.rows);
  for (const fresh of page.rows)
    rows.set(fresh.conversation_id, newest(rows.get(fresh.conversation_id), forward(fresh, later)));
  const horizon = page.next === null ? null : (page.rows.at(-1) ?? null);
  const before = inbox.windows.get(view);
  const keepsDeeper = after === null && before !== undefined && reaches(before.horizon, horizon);
  return {
    ...inbox,
    rows,
    before: { ...nothing, threads: inbox.before.threads },
    windows: keepsDeeper ? inbox.windows : new Map(inbox.windows).set(view, { horizon, next: page.next }),
  };
}

/** Whether a window down to `one` reaches at least as far as one down to `other`. */
function reaches(one: ConversationRow | null, other: ConversationRow | null): boolean {
  if (one === null) return true;
  return other !== null && newestFirst(one, other) >= 0;
}

/** An opened conversation arrived: its row, its past, and its entries joined to the older ones already here. */
export function tookThread(inbox: Inbox, snapshot: Thread): Inbox {
  const later = caughtUp(inbox, snapshot.epoch, snapshot.position);
  const id = snapshot.conversation.conversation_id;
  const rows = new Map(inbox.rows);
  for (const row of [snapshot.conversation, ...snapshot.past]) {
    rows.set(row.conversation_id, newest(rows.get(row.conversation_id), forward(row, later)));
  }
  const fresh = later.reduce(evolveThread, snapshot);
  const threads = new Map(inbox.threads);
  const known = threads.get(id);
  threads.delete(id);
  threads.set(id, known ? joined(known, fresh) : fresh);
  return { ...inbox, rows, threads: youngest(threads), before: withoutThread(inbox.before, id) };
}

function withoutThread(before: Loaded, id: string): Loaded {
  if (!before.threads.has(id)) return before;
  return { ...before, threads: new Map([...before.threads].filter(([other]) => other !== id)) };
}

function joined(known: Thread, fresh: Thread): Thread {
  const start = fresh.entries[0]?.position ?? 0;
  const older = known.entries.filter((entry) => entry.position < start);
  return older.length === 0 ? fresh : { ...fresh, entries: [...older, ...fresh.entries], earlier: known.earlier };
}

/** Older entries arrived, by scrolling up. */
export function tookEarlier(inbox: Inbox, id: string, page: { entries: Entry[]; earlier: number | null }): Inbox {
  const thread = inbox.threads.get(id);
  if (!thread) return inbox;
  return { ...inbox, threads: new Map(inbox.threads).set(id, withEarlier(thread, page)) };
}

function caughtUp(inbox: Inbox, epoch: string, position: number): readonly Entry[] {
  if (inbox.epoch !== null && inbox.epoch !== epoch) throw new SnapshotTooOld(epoch);
  const later = missed(inbox.tail, position);
  if (later === null) throw new SnapshotTooOld(String(position));
  return later;
}

function forward(row: ConversationRow, later: readonly Entry[]): ConversationRow {
  const ours = ({ event }: Entry) => !("conversation_id" in event) || event.conversation_id === row.conversation_id;
  return later.filter(ours).reduce((now: ConversationRow, entry) => evolveRow(now, entry), row);
}

function newest(known: ConversationRow | undefined, fresh: ConversationRow): ConversationRow {
  return known && known.position > fresh.position ? known : fresh;
}

function youngest(threads: Map<string, Thread>): Map<string, Thread> {
  const [oldest] = threads.keys();
  if (threads.size > THREADS_KEPT && oldest !== undefined) threads.delete(oldest);
  return threads;
}

/**
 * The rows of a view that may be shown without a hole between them, newest activity first. The list and the keyboard ask for
 * the same one: it is made once per change of the rows.
 */
export function listed(inbox: Inbox, view: View, me: string): readonly ConversationRow[] {
  const { rows, windows } = inbox.windows.has(view) ? inbox : inbox.before;
  const window = windows.get(view);
  if (!window) return [];
  const known = lists.get(rows);
  if (known && known.window === window && known.view === view && known.me === me) return known.list;
  const { horizon } = window;
  const inside = (row: ConversationRow) => horizon === null || newestFirst(row, horizon) <= 0;
  const list = [...rows.values()].filter((row) => isIn(row, view, me) && inside(row)).sort(newestFirst);
  lists.set(rows, { window, view, me, list });
  return list;
}

const lists = new WeakMap<Inbox["rows"], { window: Window; view: View; me: string; list: readonly ConversationRow[] }>();
