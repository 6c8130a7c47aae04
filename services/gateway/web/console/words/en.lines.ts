/** How events read in the thread: each a phrase whose strong parts are names. */

import type { ClientEvent } from "../../protocol/messages";
import type { Line } from "../state/items";

export type Phrase = readonly (string | { strong: string })[];

const strong = (text: string) => ({ strong: text });

type Closed = Extract<ClientEvent, { type: "conversation_closed" }>;
type Transcript = Extract<ClientEvent, { type: "transcript_noted" }>;
type Assigned = Extract<ClientEvent, { type: "conversation_assigned" }>;

const NOT_SENT: Record<string, string> = {
  bot_conversation: "it was a bot conversation",
  ticket_created: "a ticket was created",
  no_address: "no address is known",
  switched_off: "this channel does not send transcripts",
  too_many: "enough went to this unverified address today",
};

function assigned({ assignee, by }: Assigned, time: string): Phrase {
  const how = { routing: ", automatically", reply: ", by replying", agent: "" }[by];
  return ["Assigned to ", strong(assignee.name), ` ${time}${how}`];
}

function closed(event: Closed, time: string): Phrase {
  if (event.reason === "visitor_inactive") return [`Ended ${time}, the visitor had gone quiet`];
  if (event.reason === "bot_finished") return [`Ended by the bot ${time}`];
  return event.closed_by ? ["Closed by ", strong(event.closed_by.name), ` ${time}`] : [`Closed ${time}`];
}

function transcript(event: Transcript, time: string): Phrase {
  const to = strong(event.address ?? "the visitor");
  switch (event.status) {
    case "requested":
      return ["Transcript on its way to ", to, ` ${time}`];
    case "sent":
      return ["Transcript sent to ", to, ` ${time}`];
    case "failed":
      return ["Transcript to ", to, ` not delivered ${time}${event.reason ? `: ${event.reason}` : ""}`];
    case "not_sent":
      return [`No transcript sent, ${NOT_SENT[event.reason ?? ""] ?? event.reason ?? "none was due"}`];
  }
}

/** The event in one line; `time` is when it happened, as a clock shows it. */
export function lines(event: Line, time: string): Phrase {
  switch (event.type) {
    case "conversation_started":
      return [strong(event.contact_name), ` started a chat ${time}`];
    case "conversation_assigned":
      return assigned(event, time);
    case "conversation_unassigned":
      return [`Assigned to nobody ${time}`];
    case "conversation_handed_over":
      return [strong(event.bot.name), ` handed over ${time}${event.note ? `: ${event.note}` : ""}`];
    case "conversation_waiting":
      return [`Waiting for somebody ${time}: ${event.reason}`];
    case "conversation_closed":
      return closed(event, time);
    case "conversation_reopened":
      return [`Reopened ${time}`];
    case "ticket_created":
      return ["Ticket created ", strong(event.title), ` ${time}`];
    case "ticket_closed":
      return [`Ticket closed ${time}`];
    case "transcript_noted":
      return transcript(event, time);
  }
}
