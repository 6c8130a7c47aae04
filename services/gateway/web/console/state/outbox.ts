/** What I have said and the log has not confirmed yet. Kept in the browser's storage, so a reload sends it again, or shows why not. */

import type { AddCommentAsk, Author, Entry, PostMessageAsk, Problem } from "../../protocol/messages";
import type { Draft, Mode } from "./drafts";
import { type Kept, readJson } from "./storage";

export interface Pending {
  ask: PostMessageAsk | AddCommentAsk;
  author: Author;
  at: string;
  /** What the editor held, to give it back. */
  draft: Draft;
  thenClose: boolean;
  accepted: boolean;
  problem: Problem | null;
}

export const modeOf = ({ ask }: Pending): Mode => (ask.type === "post_message" ? "reply" : "comment");

export type Outbox = readonly Pending[];

export function queued(outbox: Outbox, pending: Pending): Outbox {
  return [...removed(outbox, pending.ask.command_id), pending];
}

export function changed(outbox: Outbox, command: string, change: Partial<Pending>): Outbox {
  return outbox.map((one) => (one.ask.command_id === command ? { ...one, ...change } : one));
}

export function removed(outbox: Outbox, command: string): Outbox {
  return outbox.filter((one) => one.ask.command_id !== command);
}

/** The log has it now: the thread shows the event itself. */
export function confirmed(outbox: Outbox, { event }: Entry): Outbox {
  if (event.type !== "message_posted" && event.type !== "comment_added") return outbox;
  return outbox.some((one) => one.ask.message_id === event.message_id)
    ? outbox.filter((one) => one.ask.message_id !== event.message_id)
    : outbox;
}

/** What has no answer there yet, oldest first. */
export function waiting(outbox: Outbox, conversation: string): Pending[] {
  return of(outbox, conversation).filter((one) => !one.accepted && !one.problem);
}

export function of(outbox: Outbox, conversation: string): Pending[] {
  return outbox.filter((one) => one.ask.conversation_id === conversation);
}

const prefix = (account: string) => `parley.outbox.${account}.`;

export function store(storage: Kept, account: string, pending: Pending): void {
  storage.setItem(prefix(account) + pending.ask.command_id, JSON.stringify(pending));
}

export function forget(storage: Kept, account: string, command: string): void {
  storage.removeItem(prefix(account) + command);
}

/** What an earlier page left behind, oldest first. */
export function restore(storage: Kept, account: string): Pending[] {
  const keys = Array.from({ length: storage.length }, (_, n) => storage.key(n) ?? "");
  const found = keys.filter((key) => key.startsWith(prefix(account))).map((key) => readJson<Pending>(storage, key));
  return found.filter((one) => one !== null).sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}
