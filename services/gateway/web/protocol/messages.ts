/* Generated from shared/contracts by `python -m deploy.generate`; edit those, then run it again. */

export type AgentAsk =
  | PostMessageAsk
  | AddCommentAsk
  | AssignAsk
  | CloseAsk
  | ReopenAsk
  | MarkReadAsk
  | RenameContactAsk
  | IdentifyContactAsk
  | CreateTicketAsk
  | SendTranscriptAsk
  | SetAvailabilityAsk
  | ReadNoticeAsk;
export type AgentFrame = Hello | AgentAskFrame | Typing | Viewing | Pong;
export type ClientEvent =
  | ConversationStarted
  | MessagePosted
  | CommentAdded
  | ConversationAssigned
  | ConversationUnassigned
  | ConversationHandedOver
  | ConversationWaiting
  | ConversationClosed
  | ConversationReopened
  | ConversationRead
  | TicketCreated
  | TicketClosed
  | TranscriptNoted
  | ContactMet
  | ContactIdentified
  | ContactRenamed;
export type LiveCall = Hello | Poll | Typing;
export type Role = "owner" | "admin" | "agent" | "viewer";
export type NoticeKind = "assigned" | "mentioned" | "handed_over";
export type ServerFrame =
  | Welcome
  | EventFrame
  | Counters
  | People
  | Notices
  | Viewers
  | SomebodyTyping
  | Accepted
  | RefusedFrame
  | Heartbeat
  | Goodbye;
export type View = "all_open" | "mine" | "unassigned" | "bots" | "closed";
export type VisitorAsk = StartConversationAsk | PostMessageAsk | MarkReadAsk | IdentifyContactAsk;
export type VisitorFrame = Hello | VisitorAskFrame | Typing | Pong;

/**
 * Committed to the log. `position` is the last event's place, None when there was nothing left to do.
 */
export interface Accepted {
  type: "accepted";
  command_id: string;
  position: number | null;
}
/**
 * Writes a comment for colleagues; `mentions` are account ids.
 */
export interface AddCommentAsk {
  command_id: string;
  type: "add_comment";
  conversation_id: string;
  message_id: string;
  written: Written;
  mentions?: string[];
}
/**
 * What was written. `html` is optional rich text, cleaned again by the server; files are named by their upload's id.
 */
export interface Written {
  text?: string;
  html?: string | null;
  file_ids?: string[];
}
/**
 * Says something. `seen` is the newest position on an agent's screen; leave it out to send anyway.
 */
export interface PostMessageAsk {
  command_id: string;
  type: "post_message";
  conversation_id: string;
  message_id: string;
  written: Written;
  seen?: number | null;
}
/**
 * Gives the conversation to a colleague, or to nobody.
 */
export interface AssignAsk {
  command_id: string;
  type: "assign_conversation";
  conversation_id: string;
  account_id: string | null;
}
/**
 * Ends the conversation. `with_ticket`: closes its ticket as well.
 */
export interface CloseAsk {
  command_id: string;
  type: "close_conversation";
  conversation_id: string;
  with_ticket?: boolean;
}
/**
 * Opens it again.
 */
export interface ReopenAsk {
  command_id: string;
  type: "reopen_conversation";
  conversation_id: string;
}
/**
 * Everything up to `position` has been seen.
 */
export interface MarkReadAsk {
  command_id: string;
  type: "mark_read";
  conversation_id: string;
  position: number;
}
/**
 * Corrects a contact's name.
 */
export interface RenameContactAsk {
  command_id: string;
  type: "rename_contact";
  contact_id: string;
  name: string;
}
/**
 * Notes a contact's address, and the name that came with it (a visitor: their own, `contact_id` is then ignored).
 */
export interface IdentifyContactAsk {
  command_id: string;
  type: "identify_contact";
  contact_id: string;
  address: string;
  name?: string | null;
}
/**
 * Opens a ticket for the conversation.
 */
export interface CreateTicketAsk {
  command_id: string;
  type: "create_ticket";
  conversation_id: string;
  ticket_id: string;
  title: string;
}
/**
 * Mails the transcript of an ended conversation.
 */
export interface SendTranscriptAsk {
  command_id: string;
  type: "send_transcript";
  conversation_id: string;
  transcript_id: string;
  address: string;
  subject: string;
}
/**
 * Me: available or away.
 */
export interface SetAvailabilityAsk {
  command_id: string;
  type: "set_availability";
  available: boolean;
}
/**
 * I have seen this notice.
 */
export interface ReadNoticeAsk {
  command_id: string;
  type: "read_notice";
  notice_id: string;
}
/**
 * An agent asks for something; answered by `accepted` or `refused` with the same command id.
 */
export interface AgentAskFrame {
  type: "ask";
  ask: AgentAsk;
}
/**
 * The first frame, within five seconds. Visitors bring their token; who was here before brings epoch and position.
 */
export interface Hello {
  type: "hello";
  token?: string | null;
  epoch?: string | null;
  position?: number | null;
}
/**
 * I am writing in this conversation (send at most every three seconds). Comments are only shown to colleagues.
 */
export interface Typing {
  type: "typing";
  conversation_id: string;
  comment?: boolean;
}
/**
 * I am looking at this conversation, or at none. Repeat every ten seconds while it lasts.
 */
export interface Viewing {
  type: "viewing";
  conversation_id?: string | null;
}
/**
 * Still here: the answer to a heartbeat.
 */
export interface Pong {
  type: "pong";
}
/**
 * How the widget of a chat channel looks and speaks. Colours are `#rrggbb`.
 */
export interface Appearance {
  brand: string;
  heading: string;
  company: string;
  side: "left" | "right";
}
/**
 * Who owns a conversation.
 */
export interface Assignee {
  kind: "agent";
  id: string;
  name: string;
}
/**
 * An uploaded file. `size` in bytes; `width` and `height` in pixels, for images only.
 */
export interface Attachment {
  file_id: string;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
}
/**
 * Who wrote a message, with the name they had then.
 */
export interface Author {
  kind: "visitor" | "agent" | "bot";
  id: string;
  name: string;
}
/**
 * The bot that speaks in a conversation until people take over.
 */
export interface BotRef {
  id: string;
  name: string;
  version: number;
}
/**
 * One line of a "why?": what was known, when (if it has a moment), and whether it decided.
 */
export interface Cause {
  text: string;
  at: string | null;
  deciding: boolean;
}
/**
 * A conversation began on `page`; with `bot`, the bot speaks first.
 */
export interface ConversationStarted {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_started";
  contact_name: string;
  channel_id: string;
  channel: "chat";
  page: Page;
  locale: string;
  time_zone: string;
  bot: BotRef | null;
}
/**
 * A page of the customer's site.
 */
export interface Page {
  url: string;
  title: string;
}
/**
 * Somebody said something that everybody in the conversation sees. `with_bot`: the bot still leads and may answer.
 */
export interface MessagePosted {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "message_posted";
  message_id: string;
  author: Author;
  content: Content;
  with_bot: boolean;
}
/**
 * What a message says. `html` is the cleaned rich form of `text`; either text or an attachment must be there.
 */
export interface Content {
  text: string;
  html: string | null;
  attachments: Attachment[];
  quick_replies: QuickReply[];
}
/**
 * A button under a bot's question; `value` is what the bot understands.
 */
export interface QuickReply {
  label: string;
  value: string;
}
/**
 * A note among colleagues. Never leaves the console.
 */
export interface CommentAdded {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "comment_added";
  message_id: string;
  author: Author;
  content: Content;
  mentions: string[];
}
/**
 * The conversation has an owner: `by` an agent's choice, by replying, or by routing. `bot_led`: a bot led it until now.
 */
export interface ConversationAssigned {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_assigned";
  assignee: Assignee;
  bot_led: boolean;
  by: "agent" | "reply" | "routing";
  why: Cause[];
}
/**
 * The conversation has no owner any more.
 */
export interface ConversationUnassigned {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_unassigned";
}
/**
 * The bot gave the conversation to people.
 */
export interface ConversationHandedOver {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_handed_over";
  bot: BotRef;
  note: string;
  why: Cause[];
}
/**
 * Nobody was eligible; `reason` says why.
 */
export interface ConversationWaiting {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_waiting";
  reason: string;
  why: Cause[];
}
/**
 * The conversation ended. `with_bot`: no person had taken it over.
 */
export interface ConversationClosed {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_closed";
  by: "agent" | "bot";
  reason: "closed_by_agent" | "visitor_inactive" | "bot_finished";
  closed_by: Author | null;
  with_bot: boolean;
  ticket_id: string | null;
  why: Cause[];
}
/**
 * An ended conversation is open again, with the owner it had.
 */
export interface ConversationReopened {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_reopened";
  owner_id: string | null;
}
/**
 * Visitor or team has seen everything up to `position`.
 */
export interface ConversationRead {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "conversation_read";
  reader: "visitor" | "agent";
  position: number;
}
/**
 * The conversation got its ticket.
 */
export interface TicketCreated {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "ticket_created";
  ticket_id: string;
  title: string;
}
/**
 * The ticket was closed together with its conversation.
 */
export interface TicketClosed {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "ticket_closed";
  ticket_id: string;
}
/**
 * What became of the transcript: requested, sent (to whom, with which Message-ID), failed, or not sent and why.
 */
export interface TranscriptNoted {
  at: string;
  conversation_id: string;
  inbox_id: string;
  contact_id: string;
  type: "transcript_noted";
  transcript_id: string;
  status: "requested" | "sent" | "not_sent" | "failed";
  address: string | null;
  message_id: string | null;
  reason: string | null;
  by_hand: boolean;
  why: Cause[];
}
/**
 * An anonymous visitor showed up.
 */
export interface ContactMet {
  at: string;
  type: "contact_met";
  contact_id: string;
  name: string;
  locale: string;
  time_zone: string;
}
/**
 * A contact has an address now (claimed, not verified).
 */
export interface ContactIdentified {
  at: string;
  type: "contact_identified";
  contact_id: string;
  address: string;
  name: string | null;
  source: "bot" | "agent" | "widget";
}
/**
 * A contact has another name.
 */
export interface ContactRenamed {
  at: string;
  type: "contact_renamed";
  contact_id: string;
  name: string;
}
/**
 * A contact as the sidebar shows it.
 */
export interface Contact {
  contact_id: string;
  name: string;
  address: string | null;
  locale: string;
  time_zone: string;
  met_at: string;
}
/**
 * A conversation as the list shows it. `position` is the last event folded in.
 *
 * `bot` is set while the bot still leads. `waiting_since` is set while it is our turn, and stays when it ends like that.
 * `waiting_reason` says why nobody owns it. `visitor_read` and `agent_read` are positions of the log; `last_message` is the
 * position of the newest message.
 */
export interface ConversationRow {
  conversation_id: string;
  inbox_id: string;
  channel_id: string;
  channel: "chat";
  contact_id: string;
  contact_name: string;
  status: "open" | "closed";
  assignee: Assignee | null;
  bot: BotRef | null;
  waiting_since: string | null;
  waiting_reason: string | null;
  last: Last | null;
  last_message: number;
  visitor_read: number;
  agent_read: number;
  ticket_id: string | null;
  ticket_open: boolean;
  page: Page;
  locale: string;
  time_zone: string;
  started_at: string;
  activity_at: string;
  position: number;
}
/**
 * The newest line of a conversation, for its row. `files` counts attachments.
 */
export interface Last {
  by: "visitor" | "agent" | "bot";
  name: string;
  text: string;
  files: number;
  comment: boolean;
  at: string;
}
/**
 * How many conversations each view holds, as of `position`.
 */
export interface Counters {
  type: "counters";
  position: number;
  counts: {
    all_open: number;
    mine: number;
    unassigned: number;
    bots: number;
    closed: number;
  };
}
/**
 * One event at its place in the log.
 */
export interface Entry {
  position: number;
  event: ClientEvent;
}
/**
 * Something happened.
 */
export interface EventFrame {
  type: "event";
  position: number;
  event: ClientEvent;
}
/**
 * A person or bot as visitors see them.
 */
export interface Face {
  id: string;
  name: string;
  title: string;
  avatar_url: string;
}
/**
 * A stored file; name it by `file_id` in a message. `size` in bytes.
 */
export interface FileUploaded {
  file_id: string;
  name: string;
  media_type: string;
  size: number;
  width: number | null;
  height: number | null;
  url: string;
}
/**
 * The server closes this socket. Come back after `after_ms`; `snapshot` says your position is of no use any more.
 */
export interface Goodbye {
  type: "goodbye";
  reason: "draining" | "too_slow" | "signed_out" | "stale" | "too_many";
  after_ms: number;
  snapshot: boolean;
}
/**
 * What the widget shows before the visitor has said anything.
 */
export interface GreetingShown {
  bot: Face | null;
  bubbles: string[];
  quick_replies: QuickReply[];
}
/**
 * Every 20 s; `position` is the head, and everything up to it has been sent.
 */
export interface Heartbeat {
  type: "heartbeat";
  position: number;
}
/**
 * Over HTTP, after `welcome`: what has happened since? `viewing` is what I look at, `seen` what the last answer said.
 */
export interface Poll {
  type: "poll";
  epoch: string;
  position: number;
  viewing?: string | null;
  seen?: string | null;
}
/**
 * Who is signed in.
 */
export interface Me {
  account_id: string;
  address: string;
  name: string;
  title: string;
  role: Role;
  avatar_url: string;
}
/**
 * Something an agent has not seen yet.
 */
export interface Notice {
  notice_id: string;
  kind: NoticeKind;
  conversation_id: string;
  text: string;
  at: string;
}
/**
 * All notices this agent has not read, newest first (50 at most).
 */
export interface Notices {
  type: "notices";
  notices: Notice[];
}
/**
 * A page of the customer's site.
 */
export interface PageInput {
  url: string;
  title?: string;
}
/**
 * All colleagues, with availability and connection.
 */
export interface People {
  type: "people";
  people: Person[];
}
/**
 * A colleague, as everybody in the console sees them. `load` counts the open conversations they own.
 */
export interface Person {
  id: string;
  name: string;
  title: string;
  role: Role;
  avatar_url: string;
  available: boolean;
  connected: boolean;
  active: boolean;
}
/**
 * The answer over HTTP: frames as a socket brings them, in order. `seen` goes into the next `poll` as it is.
 */
export interface Polled {
  frames: ServerFrame[];
  seen: string;
}
/**
 * You are connected. Events after your position follow; `resumed` false means: take a new snapshot first.
 */
export interface Welcome {
  type: "welcome";
  epoch: string;
  position: number;
  resumed: boolean;
}
/**
 * Which colleagues (without you) look at a conversation right now.
 */
export interface Viewers {
  type: "viewers";
  conversation_id: string;
  viewers: Viewer[];
}
/**
 * A colleague in a conversation.
 */
export interface Viewer {
  id: string;
  name: string;
}
/**
 * Somebody writes; shown for six seconds or until their message arrives.
 */
export interface SomebodyTyping {
  type: "typing";
  conversation_id: string;
  kind: "visitor" | "agent";
  id: string;
  name: string;
  comment: boolean;
}
/**
 * Not done, and why. `command_id` is None when the frame itself could not be read.
 */
export interface RefusedFrame {
  type: "refused";
  command_id: string | null;
  problem: Problem;
}
/**
 * A refusal on the wire: `code` for programs, `title` for people, `detail` says what to do about this one.
 */
export interface Problem {
  code: string;
  status: number;
  title: string;
  detail: string | null;
}
/**
 * One page of a view, newest activity first. `next` is the cursor of the page after it.
 */
export interface Rows {
  epoch: string;
  position: number;
  rows: ConversationRow[];
  next: string | null;
}
/**
 * A visitor's first words. The ids are the browser's, so that a reload sends the very same again.
 */
export interface StartConversationAsk {
  command_id: string;
  type: "start_conversation";
  conversation_id: string;
  message_id: string;
  page: PageInput;
  written: Written;
}
/**
 * A conversation as it is opened: its row and its newest entries, oldest first, all as of `position`.
 *
 * `earlier` is the position to ask older entries before; None when `entries` reaches back to the start.
 */
export interface Thread {
  epoch: string;
  position: number;
  conversation: ConversationRow;
  contact: Contact;
  entries: Entry[];
  earlier: number | null;
  past: ConversationRow[];
}
/**
 * A visitor asks for something; answered likewise.
 */
export interface VisitorAskFrame {
  type: "ask";
  ask: VisitorAsk;
}
/**
 * A visitor's own conversation, in the events a visitor may see.
 */
export interface VisitorThread {
  conversation_id: string;
  status: "open" | "closed";
  activity_at: string;
  entries: Entry[];
  earlier: number | null;
}
/**
 * All a widget needs to open: its token (keep it in the browser), looks, greeting, and the visitor's conversations.
 */
export interface WidgetSession {
  token: string;
  contact_id: string;
  epoch: string;
  position: number;
  appearance: Appearance;
  reply_minutes: number | null;
  team: Face[];
  greeting: GreetingShown;
  conversations: VisitorThread[];
}
