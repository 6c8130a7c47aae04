/** The items of an opened thread: what the log holds, then what I have said and the log has not confirmed yet. */

import type { ClientEvent, Content, Entry } from "../../protocol/messages";
import { isSaid } from "../../protocol/thread";
import { timelineOf, type Item } from "../../protocol/timeline";
import type { Pending } from "./outbox";

/** An event that reads as one thin line. */
export type Line = Exclude<
  ClientEvent,
  { type: "message_posted" | "comment_added" | "conversation_read" | `contact_${string}` }
>;

/** Where unconfirmed messages stand: after everything the log can hold. */
export const UNCONFIRMED = Number.MAX_SAFE_INTEGER;

export function itemsOf(entries: readonly Entry[], outbox: readonly Pending[]): Item[] {
  const said = new Set(entries.flatMap(({ event }) => (isSaid(event) ? [event.message_id] : [])));
  const unconfirmed = outbox.filter((pending) => !said.has(pending.ask.message_id)).map(asEntry);
  const settled = settledTranscripts(entries);
  return timelineOf([...entries, ...unconfirmed], ({ event }) => isLine(event) && !isOvertaken(event, settled));
}

export function isLine(event: ClientEvent): event is Line {
  return !isSaid(event) && event.type !== "conversation_read" && !event.type.startsWith("contact_");
}

function settledTranscripts(entries: readonly Entry[]): Set<string> {
  const noted = entries.map(({ event }) => event).filter((event) => event.type === "transcript_noted");
  return new Set(noted.filter((event) => event.status !== "requested").map((event) => event.transcript_id));
}

/** A transcript's "on its way" gives way to what became of it. */
function isOvertaken(event: Line, settled: Set<string>): boolean {
  return event.type === "transcript_noted" && event.status === "requested" && settled.has(event.transcript_id);
}

function asEntry({ ask, author, at, draft }: Pending): Entry {
  const { text = "", html = null } = ask.written;
  const content: Content = { text, html, attachments: draft.files, quick_replies: [] };
  const { conversation_id, message_id } = ask;
  const said = { at, conversation_id, message_id, inbox_id: "", contact_id: "", author, content };
  const event: ClientEvent =
    ask.type === "post_message"
      ? { ...said, type: "message_posted", with_bot: false }
      : { ...said, type: "comment_added", mentions: ask.mentions ?? [] };
  return { position: UNCONFIRMED, event };
}

/** The visitor's messages that were a click on one of the bot's buttons. */
export function pickedIn(entries: readonly Entry[]): Set<string> {
  const picked = new Set<string>();
  let offers: readonly { label: string; value: string }[] = [];
  for (const { event } of entries) {
    if (event.type !== "message_posted") continue;
    const { text, quick_replies } = event.content;
    if (event.author.kind === "visitor" && offers.some((offer) => offer.label === text || offer.value === text))
      picked.add(event.message_id);
    offers = quick_replies;
  }
  return picked;
}

/** What the visitor came for: their first words that neither were a click on a button nor only an address. */
function firstQuestion(entries: readonly Entry[]): string {
  const picked = pickedIn(entries);
  const theirs = entries.flatMap(({ event }) =>
    event.type === "message_posted" && event.author.kind === "visitor" && event.content.text ? [event] : [],
  );
  const asked = theirs.find(({ message_id, content }) => !picked.has(message_id) && !isAddress(content.text));
  return (asked ?? theirs[0])?.content.text.replace(/\s+/g, " ").trim() ?? "";
}

/** A ticket's first title: that question, cut to so many letters, and never within one. */
export function titleFrom(entries: readonly Entry[], letters = 80): string {
  return [...firstQuestion(entries)].slice(0, letters).join("");
}

const isAddress = (text: string) => /^\S+@\S+$/.test(text.trim());
