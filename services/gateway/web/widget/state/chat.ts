/** All the widget knows, and the changes to it. Pure: the controller calls, the views show. */
import type { Appearance, Entry, Face, GreetingShown, PageInput, SomebodyTyping, WidgetSession } from "../../protocol/messages";
import type { LiveState } from "../../protocol/live";
import { messagesOf, unreadOf, type Message } from "./reading";
import type { Outgoing } from "./outbox";
import { evolveThreads, type Thread } from "./threads";

export interface Typist {
  conversation_id: string;
  id: string;
  name: string;
  until: number;
}

/** Messages up to this position, in the log of that epoch, were peeked at and waved away. */
export interface Dismissed {
  epoch: string;
  position: number;
}

export interface Chat {
  appearance: Appearance;
  page: PageInput;
  locale: string;
  rtl: boolean;
  /** False until the first session has been answered. */
  loaded: boolean;
  epoch: string;
  contact_id: string;
  reply_minutes: number | null;
  team: Face[];
  greeting: GreetingShown;
  threads: Thread[];
  outbox: Outgoing[];
  /** What the server has taken in this page's life; shown until the thread has it. */
  accepted: Outgoing[];
  live: LiveState;
  typist: Typist | null;
  /** The conversation on screen; null is a new one. `list` shows the past ones. */
  current: string | null;
  /** Somebody has said what to show; until then the first snapshot does. */
  chosen: boolean;
  list: boolean;
  open: boolean;
  dismissed: Dismissed;
  /** How many visitors have left this page: what they had half written is not for the next. */
  before: number;
}

/** Typing fades after this long, ms. */
export const TYPING_MS = 6_000;

export function newChat(appearance: Appearance, page: PageInput, locale: string, rtl: boolean): Chat {
  return {
    appearance, page, locale, rtl, loaded: false, epoch: "", contact_id: "", reply_minutes: null, team: [],
    greeting: { bot: null, bubbles: [], quick_replies: [] }, threads: [], outbox: [], accepted: [], live: "connecting", typist: null,
    current: null, chosen: false, list: false, open: false, dismissed: { epoch: "", position: 0 }, before: 0,
  };
}

/** A snapshot replaces what was known; on the first one the open conversation is shown, unless one was chosen. */
export function withSession(chat: Chat, session: WidgetSession): Chat {
  const { appearance, epoch, contact_id, reply_minutes, team, greeting, position } = session;
  const threads = session.conversations.map((thread) => ({ ...thread, position }));
  const next = { ...chat, appearance, epoch, contact_id, reply_minutes, team, greeting, threads, loaded: true };
  if (chat.loaded || chat.chosen || chat.current) return next;
  const open = threads.find(({ status }) => status === "open") ?? threads.find((thread) => unreadOf(thread).length > 0);
  return { ...next, current: open?.conversation_id ?? chat.outbox[0]?.conversation_id ?? null };
}

/** Shows this conversation, null for a new one, whatever a snapshot says later. */
export function withChosen(chat: Chat, current: string | null): Chat {
  return { ...chat, current, chosen: true, list: false };
}

/** Nobody the server knows: what was said is not theirs any more, and what still waits begins a new conversation. */
export function withNobody(chat: Chat): Chat {
  const next = { ...chat, contact_id: "", threads: [], accepted: [], typist: null };
  return withChosen(next, chat.outbox[0]?.conversation_id ?? null);
}

/** Whoever was here has left. */
export function withNewcomer(chat: Chat): Chat {
  return { ...withNobody(chat), before: chat.before + 1 };
}

/** After an event: threads go on, and whoever was writing has written. */
export function withEvent(chat: Chat, entry: Entry): Chat {
  const threads = evolveThreads(chat.threads, entry);
  if (threads === chat.threads) return chat;
  const wrote = entry.event.type === "message_posted" && entry.event.author.id === chat.typist?.id;
  return { ...chat, threads, typist: wrote ? null : chat.typist };
}

export function withTyping(chat: Chat, frame: SomebodyTyping, now: number): Chat {
  if (frame.kind !== "agent" || frame.comment) return chat;
  const { conversation_id, id, name } = frame;
  return { ...chat, typist: { conversation_id, id, name, until: now + TYPING_MS } };
}

/** Whether nothing gets through. */
export function isOffline({ live }: Chat): boolean {
  return live === "offline";
}

export function threadOf(chat: Chat): Thread | null {
  return chat.threads.find(({ conversation_id }) => conversation_id === chat.current) ?? null;
}

export interface Pending extends Outgoing {
  taken: boolean;
}

/** Own messages of the conversation on screen that are not in its thread yet, in the order they were written. */
export function onTheirWay(chat: Chat): Pending[] {
  const there = new Set(messagesOf(threadOf(chat)?.entries ?? []).map(({ event }) => event.message_id));
  const pending = new Map<string, Pending>();
  for (const one of chat.outbox) pending.set(one.message_id, { ...one, taken: false });
  for (const one of chat.accepted) pending.set(one.message_id, { ...one, taken: true });
  return [...pending.values()]
    .filter(({ conversation_id, message_id }) => conversation_id === chat.current && !there.has(message_id))
    .sort((a, b) => a.at.localeCompare(b.at));
}

/** Unread messages of all threads, oldest first; what stands on the open card is being read. */
export function unreadIn(chat: Chat): Message[] {
  const shown = chat.open && !chat.list ? chat.current : null;
  const others = chat.threads.filter(({ conversation_id }) => conversation_id !== shown);
  return others.flatMap(unreadOf).sort((a, b) => a.position - b.position);
}

/** The message to peek at while the card is shut. */
export function peeked(chat: Chat): Message | null {
  const newest = chat.open ? undefined : unreadIn(chat).at(-1);
  const { epoch, position } = chat.dismissed;
  return newest && (epoch !== chat.epoch || newest.position > position) ? newest : null;
}

/** What the browser kept of it: the epoch and the position, with a space between. */
export function parseDismissed(kept: string | null): Dismissed {
  const [epoch = "", position] = (kept ?? "").split(" ");
  return { epoch, position: Number(position) || 0 };
}

/** Everybody who can have a face here. */
export function facesOf({ team, greeting }: Chat): Face[] {
  return greeting.bot ? [...team, greeting.bot] : team;
}
