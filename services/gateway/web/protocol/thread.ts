/** An opened conversation as a fold of events, in the very shape the server's snapshot has. */
import type { CommentAdded, Contact, Entry, MessagePosted, Thread } from "./messages";
import { evolveRow } from "./row";

export type Said = MessagePosted | CommentAdded;

/**
 * The thread after `entry`. The same object comes back when the entry is not news: at or before the thread's position, or
 * about another conversation. What happens to its contact changes `contact`, and is no entry of its own.
 */
export function evolveThread(thread: Thread, entry: Entry): Thread {
  const { event, position } = entry;
  if (position <= thread.position || !concerns(thread, entry)) return thread;
  const conversation = evolveRow(thread.conversation, entry);
  if ("conversation_id" in event) return { ...thread, position, conversation, entries: withEntry(thread.entries, entry) };
  return { ...thread, position, conversation, contact: evolveContact(thread.contact, entry) };
}

/** Puts older entries in front: the answer to `GET …/entries?before=`. */
export function withEarlier(thread: Thread, page: { entries: Entry[]; earlier: number | null }): Thread {
  return { ...thread, entries: page.entries.reduce(withEntry, thread.entries), earlier: page.earlier };
}

/** Entries with one more: in order of position, each position once. */
export function withEntry(entries: Entry[], entry: Entry): Entry[] {
  const at = entries.findLastIndex((other) => other.position <= entry.position);
  if (entries[at]?.position === entry.position) return entries;
  return entries.toSpliced(at + 1, 0, entry);
}

/** Whether this is something people read as a bubble. */
export function isSaid(event: Entry["event"]): event is Said {
  return event.type === "message_posted" || event.type === "comment_added";
}

/** How far visitor and team have read, from the entries alone (positions of the log; 0 = nothing). */
export function readMarks(entries: readonly Entry[]): { visitor: number; agent: number } {
  const marks = { visitor: 0, agent: 0 };
  for (const { event } of entries) {
    if (event.type === "conversation_read") marks[event.reader] = Math.max(marks[event.reader], event.position);
  }
  return marks;
}

function concerns(thread: Thread, { event }: Entry): boolean {
  return "conversation_id" in event
    ? event.conversation_id === thread.conversation.conversation_id
    : event.contact_id === thread.contact.contact_id;
}

function evolveContact(contact: Contact, { event }: Entry): Contact {
  switch (event.type) {
    case "contact_identified":
      return { ...contact, address: event.address, name: event.name ?? contact.name };
    case "contact_renamed":
      return { ...contact, name: event.name };
    default:
      return contact;
  }
}
