/** The visitor's own conversations as folds of the events a visitor may see. */
import type { Entry, VisitorThread } from "../../protocol/messages";
import { withEntry } from "../../protocol/thread";

/** A conversation and the last position folded into it. */
export interface Thread extends VisitorThread {
  position: number;
}

/** The threads after `entry`; the same array when it is no news. A conversation that another tab began appears. */
export function evolveThreads(threads: Thread[], entry: Entry): Thread[] {
  const { event, position } = entry;
  if (!("conversation_id" in event)) return threads;
  const id = event.conversation_id;
  const known = threads.find(({ conversation_id }) => conversation_id === id);
  if (!known) return event.type === "conversation_started" ? [began(id, entry), ...threads] : threads;
  if (position <= known.position) return threads;
  return threads.map((thread) => (thread === known ? evolveThread(thread, entry) : thread));
}

/** The threads with older entries of one of them in front. */
export function withEarlier(threads: Thread[], id: string, page: { entries: Entry[]; earlier: number | null }): Thread[] {
  return threads.map((thread) =>
    thread.conversation_id === id
      ? { ...thread, entries: page.entries.reduce(withEntry, thread.entries), earlier: page.earlier }
      : thread,
  );
}

function began(conversation_id: string, entry: Entry): Thread {
  const { position, event } = entry;
  return { conversation_id, status: "open", activity_at: event.at, entries: [entry], earlier: null, position };
}

function evolveThread(thread: Thread, entry: Entry): Thread {
  const { event, position } = entry;
  const next = { ...thread, position, entries: withEntry(thread.entries, entry) };
  switch (event.type) {
    case "message_posted":
      return { ...next, activity_at: event.at };
    case "conversation_closed":
      return { ...next, status: "closed", activity_at: event.at };
    case "conversation_reopened":
      return { ...next, status: "open", activity_at: event.at };
    default:
      return next;
  }
}
