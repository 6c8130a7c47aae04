/** Ana visits, Ben answers, Larch is the bot: ready-made events for the tests, each at its own position. */
import type { Author, ClientEvent, Entry, QuickReply } from "../../protocol/messages";
import type { Thread } from "./threads";

export const ana: Author = { kind: "visitor", id: "ana", name: "Ana" };
export const ben: Author = { kind: "agent", id: "ben", name: "Ben Okoro" };
export const larch: Author = { kind: "bot", id: "larch", name: "Larch" };

const where = { conversation_id: "c1", inbox_id: "sales", contact_id: "ana", at: "2026-03-02T12:00:00Z" };
const page = { url: "https://shop.example/fell-3", title: "Fell 3" };

type Told = (position: number) => Entry;
const at = (event: ClientEvent): Told => (position) => ({ position, event });

export const started = at({
  ...where, type: "conversation_started", contact_name: "Ana", channel_id: "web", channel: "chat", page, locale: "en",
  time_zone: "UTC", bot: { id: "larch", name: "Larch", version: 1 },
});
export const startedWithoutBot = at({ ...(started(0).event as Extract<ClientEvent, { type: "conversation_started" }>), bot: null });

export function said(author: Author, text = "Hello", quick_replies: QuickReply[] = []): Told {
  const content = { text, html: null, attachments: [], quick_replies };
  return (position) => at({ ...where, type: "message_posted", message_id: `m${position}`, author, content, with_bot: false })(position);
}

export const read = (reader: "visitor" | "agent", position: number) => at({ ...where, type: "conversation_read", reader, position });
export const handedOver = at({ ...where, type: "conversation_handed_over", bot: { id: "larch", name: "Larch", version: 1 }, note: "", why: [] });
export const waiting = at({ ...where, type: "conversation_waiting", reason: "", why: [] });
export const unassigned = at({ ...where, type: "conversation_unassigned" });
export const assigned = at({
  ...where, type: "conversation_assigned", assignee: { kind: "agent", id: "ben", name: "Ben Okoro" }, by: "routing", why: [], bot_led: false,
});
export const closed = at({
  ...where, type: "conversation_closed", by: "agent", reason: "closed_by_agent", closed_by: null, with_bot: false, ticket_id: null, why: [],
});
export const reopened = at({ ...where, type: "conversation_reopened", owner_id: null });
export const noted = (status: "requested" | "sent" | "not_sent", address: string | null) =>
  at({ ...where, type: "transcript_noted", transcript_id: "t", status, address, message_id: null, reason: null, by_hand: false, why: [] });

/** A thread of these, at positions 10, 20, 30 … */
export function given(...told: Told[]): Thread {
  const entries = told.map((tell, n) => tell(10 * (n + 1)));
  const status = entries.findLast(({ event: { type } }) => /closed|reopened/.test(type))?.event.type === "conversation_closed" ? "closed" : "open";
  return { conversation_id: "c1", status, activity_at: where.at, entries, earlier: null, position: 10 * told.length };
}
