/** Ana visits, Ben and Mira answer, Larch is the bot: the examples of these tests. */

import type {
  Author,
  ClientEvent,
  Content,
  ConversationRow,
  Entry,
  Me,
  Person,
  Rows,
  Thread,
  Welcome,
} from "../../protocol/messages";

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;

export const CHAT = id(1);
export const OTHER_CHAT = id(2);
export const ANA = id(10);
const INBOX = id(20);
export const ben: Author = { kind: "agent", id: id(30), name: "Ben Okoro" };
export const mira: Author = { kind: "agent", id: id(31), name: "Mira Lund" };
export const ana: Author = { kind: "visitor", id: ANA, name: "Ana Horvat" };
export const larch: Author = { kind: "bot", id: id(40), name: "Larch" };
export const me: Me = {
  account_id: ben.id,
  address: "ben@shop.example",
  name: ben.name,
  title: "",
  role: "agent",
  avatar_url: "",
};

export function person(name: string, n: number, more: Partial<Person> = {}): Person {
  return { id: id(n), name, title: "", role: "agent", avatar_url: "", available: true, connected: true, active: true, ...more };
}

/** The n-th minute of the tests' day. */
export const minute = (n: number) => new Date(Date.UTC(2026, 2, 2, 9, n)).toISOString();

export const content = (text: string): Content => ({ text, html: null, attachments: [], quick_replies: [] });

type OfType<T extends ClientEvent["type"]> = Extract<ClientEvent, { type: T }>;

/** An event of Ana's conversation. */
export function event<T extends OfType<ClientEvent["type"]>["type"]>(type: T, at: number, more: object = {}): OfType<T> {
  return { type, at: minute(at), conversation_id: CHAT, inbox_id: INBOX, contact_id: ANA, ...more } as unknown as OfType<T>;
}

export const entry = (position: number, of: ClientEvent): Entry => ({ position, event: of });

export function says(position: number, author: Author, text: string, more: object = {}): Entry {
  const said = { message_id: id(1000 + position), author, content: content(text), with_bot: false, ...more };
  return entry(position, event("message_posted", position, said));
}

export function row(more: Partial<ConversationRow> = {}): ConversationRow {
  return {
    conversation_id: CHAT,
    inbox_id: INBOX,
    channel_id: id(50),
    channel: "chat",
    contact_id: ANA,
    contact_name: ana.name,
    status: "open",
    assignee: null,
    bot: null,
    waiting_since: null,
    waiting_reason: null,
    last: null,
    last_message: 0,
    visitor_read: 0,
    agent_read: 0,
    ticket_id: null,
    ticket_open: false,
    page: { url: "https://shop.example/", title: "" },
    locale: "en",
    time_zone: "UTC",
    started_at: minute(0),
    activity_at: minute(0),
    position: 1,
    ...more,
  };
}

export const rowsPage = (rows: ConversationRow[], position: number, next: string | null = null): Rows => ({
  epoch: "one",
  position,
  rows,
  next,
});

export function thread(position: number, entries: Entry[], more: Partial<Thread> = {}): Thread {
  const contact = { contact_id: ANA, name: ana.name, address: null, locale: "en", time_zone: "UTC", met_at: minute(0) };
  return { epoch: "one", position, conversation: row({ position }), contact, entries, earlier: null, past: [], ...more };
}

export const welcome = (position: number, resumed: boolean, epoch = "one"): Welcome => ({
  type: "welcome",
  epoch,
  position,
  resumed,
});
