/** What a thread tells its reader: what is unread, who speaks, how far the team has read. */
import type { Author, Entry, Face, MessagePosted, QuickReply } from "../../protocol/messages";
import { readMarks } from "../../protocol/thread";
import type { Thread } from "./threads";

export interface Message {
  position: number;
  event: MessagePosted;
}

export function messagesOf(entries: readonly Entry[]): Message[] {
  return entries.flatMap(({ position, event }) => (event.type === "message_posted" ? [{ position, event }] : []));
}

/** Where the visitor's newest message stands, 0 when there is none. */
export function newestOwn({ entries }: Thread): number {
  return messagesOf(entries).findLast(({ event }) => event.author.kind === "visitor")?.position ?? 0;
}

/** Messages to the visitor after what they have read; who answers has read what stands above. */
export function unreadOf(thread: Thread): Message[] {
  const read = Math.max(readMarks(thread.entries).visitor, newestOwn(thread));
  return messagesOf(thread.entries).filter(({ position, event }) => event.author.kind !== "visitor" && position > read);
}

/** The position to mark as read when all of the thread is in view; null when nothing is unread. */
export function newlyRead(thread: Thread): number | null {
  return unreadOf(thread).at(-1)?.position ?? null;
}

/** Whether the team has seen the visitor's message at `position`: they read past it, or answered it. */
export function seenByTeam({ entries }: Thread, position: number): boolean {
  const answered = messagesOf(entries).some(({ position: at, event }) => at > position && event.author.kind === "agent");
  return answered || readMarks(entries).agent >= position;
}

export type Speaker = { kind: "team" } | { kind: "agent" | "bot"; id: string; name: string };

/** Who speaks for the company now: the owner, else the bot while it leads, else the team. */
export function speakerOf(entries: readonly Entry[]): Speaker {
  for (const { event } of entries.toReversed()) {
    switch (event.type) {
      case "conversation_assigned":
        return { kind: "agent", id: event.assignee.id, name: event.assignee.name };
      case "conversation_unassigned":
      case "conversation_handed_over":
      case "conversation_reopened":
        return { kind: "team" };
      case "message_posted":
        if (event.author.kind !== "visitor") return speaker(event.author);
        break;
      case "conversation_started":
        return event.bot ? { kind: "bot", id: event.bot.id, name: event.bot.name } : { kind: "team" };
    }
  }
  return { kind: "team" };
}

function speaker({ kind, id, name }: Author): Speaker {
  return { kind: kind === "agent" ? "agent" : "bot", id, name };
}

/** Between the bot's or the team's hand-over and the first owner: somebody is awaited. `away`: nobody was free. */
export function awaited({ entries, status }: Thread): "queued" | "away" | null {
  if (status === "closed") return null;
  for (const { event } of entries.toReversed()) {
    if (event.type === "conversation_waiting") return "away";
    if (event.type === "conversation_handed_over" || event.type === "conversation_unassigned") return "queued";
    if (event.type === "conversation_assigned") return null;
    if (event.type === "message_posted" && event.author.kind === "agent") return null;
    if (event.type === "conversation_started") return event.bot ? null : "queued";
  }
  return null;
}

/** The buttons under the newest message, while it is the bot's and waits for an answer. */
export function quickRepliesOf({ entries, status }: Thread): QuickReply[] {
  const newest = messagesOf(entries).at(-1)?.event;
  const asks = status === "open" && newest?.author.kind === "bot" && speakerOf(entries).kind === "bot";
  return asks ? newest.content.quick_replies : [];
}

/** The address a copy went to or is going to, once the thread has ended. */
export function copyTo({ entries }: Thread): string | null {
  const noted = entries.findLast(({ event }) => event.type === "transcript_noted")?.event;
  if (noted?.type !== "transcript_noted" || (noted.status !== "requested" && noted.status !== "sent")) return null;
  return noted.address;
}

/** The picture of `id`: the server's own choice for it when it was named, else by its id. */
export function pictureOf(id: string, faces: readonly Face[]): string {
  return faces.find((face) => face.id === id)?.avatar_url ?? `/avatars/${id}.svg`;
}

export function firstName(name: string): string {
  return name.split(" ")[0] ?? name;
}
