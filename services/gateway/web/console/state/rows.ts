/** What a row says: which views it belongs to, whether it is unread, and the one state its third line shows. */

import type { ConversationRow, View } from "../../protocol/messages";

/** The same membership as the gateway's `views_of`. */
export function isIn(row: ConversationRow, view: View, me: string): boolean {
  if (row.status === "closed") return view === "closed";
  switch (view) {
    case "all_open":
      return true;
    case "bots":
      return row.bot !== null;
    case "unassigned":
      return row.bot === null && row.assignee === null;
    case "mine":
      return row.bot === null && row.assignee?.id === me;
    case "closed":
      return false;
  }
}

/** A person said something since the team last read; what a bot is busy with is nobody's unread. */
export function isUnread(row: ConversationRow): boolean {
  return row.bot === null && row.status === "open" && row.last_message > row.agent_read;
}

/** Unread conversations that are mine or nobody's. */
export function unreadFor(me: string, rows: ReadonlyMap<string, ConversationRow>): number {
  let count = 0;
  for (const row of rows.values()) if (isUnread(row) && (row.assignee === null || row.assignee.id === me)) count++;
  return count;
}

export type RowState =
  | { kind: "waiting_for_us"; since: string }
  | { kind: "with_bot"; bot: string }
  | { kind: "waiting_for_them" }
  | { kind: "closed" }
  | { kind: "quiet" };

export function rowState(row: ConversationRow): RowState {
  if (row.status === "closed") return { kind: "closed" };
  if (row.bot) return { kind: "with_bot", bot: row.bot.name };
  if (row.waiting_since) return { kind: "waiting_for_us", since: row.waiting_since };
  return row.last_message > 0 ? { kind: "waiting_for_them" } : { kind: "quiet" };
}

const moments = new WeakMap<ConversationRow, number>();

/** When something last happened, in milliseconds. Read once per row: thousands are compared at every event. */
function moment(row: ConversationRow): number {
  const known = moments.get(row);
  if (known !== undefined) return known;
  const read = Date.parse(row.activity_at);
  moments.set(row, read);
  return read;
}

/** Newest activity first; the id decides between equals, as the gateway's keyset does. */
export function newestFirst(a: ConversationRow, b: ConversationRow): number {
  return moment(b) - moment(a) || (a.conversation_id < b.conversation_id ? 1 : -1);
}
