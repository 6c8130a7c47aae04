/** The inbox row as a fold of events: the same as `services/gateway/inbox.py`, held against it by `rows.json`. */
import type {
  CommentAdded, ConversationRead, ConversationRow, ConversationStarted, Entry, Last, MessagePosted,
} from "./messages";
import { unreachable } from "./unreachable";

const PREVIEW = 160;

/** What Python's `str.split()` splits at; JavaScript's `\s` differs in four characters. */
const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/u;

/**
 * The row after `entry`; an entry at or before the row's position changes nothing. Throws when a conversation's first entry
 * is not its start. A contact's new name is taken over without moving the position.
 */
export function evolveRow(row: ConversationRow | null, entry: Entry): ConversationRow {
  const { event, position } = entry;
  if (event.type === "conversation_started") return row ?? started(event, position);
  if (row === null) throw new Error(`${event.type} of a conversation that never started`);
  switch (event.type) {
    case "contact_met":
    case "contact_identified":
    case "contact_renamed":
      return event.contact_id === row.contact_id && event.name ? { ...row, contact_name: event.name } : row;
  }
  if (position <= row.position) return row;
  return { ...row, position, ...changes(row, event, position) };
}

type Happened = Exclude<Entry["event"], ConversationStarted | { type: "contact_met" | "contact_identified" | "contact_renamed" }>;

function started(event: ConversationStarted, position: number): ConversationRow {
  const { conversation_id, inbox_id, channel_id, channel, contact_id, contact_name, bot, page, locale, time_zone } = event;
  return {
    conversation_id, inbox_id, channel_id, channel, contact_id, contact_name, bot, page, locale, time_zone,
    status: "open", assignee: null, waiting_since: null, waiting_reason: null, last: null, last_message: 0,
    visitor_read: 0, agent_read: 0, ticket_id: null, ticket_open: false, started_at: event.at, activity_at: event.at, position,
  };
}

function changes(row: ConversationRow, event: Happened, position: number): Partial<ConversationRow> {
  switch (event.type) {
    case "message_posted":
      return said(row, event, position);
    case "comment_added":
      return { last: last(event, true), activity_at: event.at };
    case "conversation_assigned":
      return { assignee: event.assignee, bot: null, waiting_reason: null };
    case "conversation_unassigned":
      return { assignee: null };
    case "conversation_handed_over":
      return { bot: null, waiting_since: row.waiting_since ?? event.at, activity_at: event.at };
    case "conversation_waiting":
      return { waiting_reason: event.reason };
    case "conversation_closed":
      return { status: "closed", waiting_reason: null, activity_at: event.at };
    case "conversation_reopened":
      return { status: "open", bot: null, waiting_since: isOwed(row) ? event.at : null, activity_at: event.at };
    case "conversation_read":
      return read(row, event);
    case "ticket_created":
      return { ticket_id: event.ticket_id, ticket_open: true };
    case "ticket_closed":
      return { ticket_open: false };
    case "transcript_noted":
      return {};
    default:
      return unreachable(event, {});
  }
}

function said(row: ConversationRow, event: MessagePosted, position: number): Partial<ConversationRow> {
  const anybody = { last: last(event, false), last_message: position, activity_at: event.at };
  switch (event.author.kind) {
    case "visitor":
      return row.bot === null ? { ...anybody, waiting_since: row.waiting_since ?? event.at } : anybody;
    case "agent":
      return { ...anybody, waiting_since: null, agent_read: position, bot: null };
    case "bot":
      return anybody;
    default:
      return unreachable(event.author.kind, anybody);
  }
}

/** Whether it was our turn when it ended, or the visitor had the last word with the bot. */
function isOwed(row: ConversationRow): boolean {
  return row.waiting_since !== null || row.last?.by === "visitor";
}

function read(row: ConversationRow, event: ConversationRead): Partial<ConversationRow> {
  return event.reader === "visitor"
    ? { visitor_read: Math.max(row.visitor_read, event.position) }
    : { agent_read: Math.max(row.agent_read, event.position) };
}

function last(event: MessagePosted | CommentAdded, comment: boolean): Last {
  const { author, content, at } = event;
  return { by: author.kind, name: author.name, text: preview(content.text), files: content.attachments.length, comment, at };
}

function preview(text: string): string {
  const words = text.split(SPACE).filter(Boolean).join(" ");
  return [...words].slice(0, PREVIEW).join("");
}
