/**
 * What the visitor has written and the server has not taken yet, in order. Kept in the browser, so a message survives a
 * reload; it leaves only when it is in the thread. All functions are pure.
 */
import type { Attachment, PageInput, StartConversationAsk, PostMessageAsk } from "../../protocol/messages";

export interface Outgoing {
  command_id: string;
  conversation_id: string;
  message_id: string;
  text: string;
  files: Attachment[];
  /** Where the conversation begins; null once it has begun. */
  page: PageInput | null;
  /** When it was written, ISO. */
  at: string;
  /** Why it was not taken: a problem's code. `retry` means the next round tries it again. */
  refused: string | null;
  retry: boolean;
}

/** What is sent for it. */
export function askOf({ command_id, conversation_id, message_id, text, files, page }: Outgoing): StartConversationAsk | PostMessageAsk {
  const written = { text, file_ids: files.map(({ file_id }) => file_id) };
  const said = { command_id, conversation_id, message_id, written };
  return page ? { type: "start_conversation", page, ...said } : { type: "post_message", ...said };
}

/** Whether it waits for the visitor: it was refused, and for good. */
export function isStuck({ refused, retry }: Outgoing): boolean {
  return refused !== null && !retry;
}

/** The first one that may be sent now. What follows a refused message in its conversation waits for nothing. */
export function nextOf(outbox: readonly Outgoing[]): Outgoing | undefined {
  return outbox.find((one) => !isStuck(one));
}

/** A no that may become a yes is tried again by itself; any other waits for the visitor. */
export function refusedWith(outbox: Outgoing[], message_id: string, code: string, temporary: boolean): Outgoing[] {
  return outbox.map((one) => (one.message_id === message_id ? { ...one, refused: code, retry: temporary } : one));
}

/**
 * The visitor says: again. A no was final for its command, so the message goes out under a new one. Words for a conversation
 * that has ended begin a new one (`fresh`: its id), on `page`.
 */
export function retried(outbox: Outgoing[], message_id: string, makeId: () => string, fresh: string, page: PageInput): Outgoing[] {
  const tapped = outbox.find((one) => one.message_id === message_id);
  if (!tapped) return outbox;
  const hasEnded = ({ refused }: Outgoing) => ENDED.has(refused ?? "");
  const same = ({ conversation_id, refused }: Outgoing) => conversation_id === tapped.conversation_id && refused !== null;
  const first = outbox.find((one) => same(one) && hasEnded(one)); // The others may be refused again, and begin nothing.
  return outbox.map((one) => {
    if (!same(one)) return one;
    const command_id = one.retry ? one.command_id : makeId();
    const begins = one.refused === "conversation_has_started" ? null : one.page;
    const again = { ...one, refused: null, retry: false, page: begins, command_id };
    if (!hasEnded(tapped)) return again;
    return { ...again, conversation_id: fresh, message_id: makeId(), page: one === first ? page : null };
  });
}

/**
 * Somebody else to the server: all of it makes one new conversation (`fresh`: its id), on `page`. Files belong to whoever has
 * uploaded them: words go without, so that they go at all; where there are none it stays and is refused, so words begin.
 */
export function begunAnew(outbox: Outgoing[], makeId: () => string, fresh: string, page: PageInput): Outgoing[] {
  const first = outbox.find(({ text }) => text) ?? outbox[0];
  return outbox.map((one) => ({
    ...one, command_id: makeId(), message_id: makeId(), conversation_id: fresh, page: one === first ? page : null,
    files: one.text ? [] : one.files, refused: null, retry: false,
  }));
}

/** Refusals that say: nothing can be said in this conversation any more. */
const ENDED: ReadonlySet<string> = new Set(["conversation_is_closed", "conversation_not_found"]);

/** What was kept, read back with care: it may be from an older version of this page, or not ours at all. */
export function parseOutbox(kept: string | null): Outgoing[] {
  try {
    const found: unknown = JSON.parse(kept ?? "[]");
    return Array.isArray(found) ? found.filter(isOutgoing) : [];
  } catch {
    return [];
  }
}

function isOutgoing(found: unknown): found is Outgoing {
  const one = found as Partial<Outgoing> | null;
  const ids = [one?.command_id, one?.conversation_id, one?.message_id, one?.text, one?.at];
  return ids.every((id) => typeof id === "string") && Array.isArray(one?.files);
}
