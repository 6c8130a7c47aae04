/** Messages on their way: shown at once, kept in storage, asked again until the log answers. */

import type { Live } from "../../protocol/live";
import { newId } from "../../protocol/ids";
import type { Accepted, AgentAsk, CloseAsk, Problem } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { isSaid } from "../../protocol/thread";
import type { Desk, Stale } from "./desk";
import { giveBack, type Draft, type Mode } from "./drafts";
import * as outbox from "./outbox";
import type { Pending } from "./outbox";
import type { Kept } from "./storage";
import type { Store } from "./store";

/** What the editor hands over. */
export interface Composed {
  conversation: string;
  mode: Mode;
  text: string;
  html: string | null;
  draft: Draft;
  mentions: string[];
  seen: number | null;
  thenClose: boolean;
}

const FIRST_RETRY_MS = 2000;
const LONGEST_RETRY_MS = 30_000;

export interface Sending {
  send(composed: Composed): void;
  /** Closes a conversation once nothing waits there any more. What is refused meanwhile, words or the close, ends the wish. */
  close(wish: Omit<CloseAsk, "command_id">): Promise<Accepted>;
  /** The stale-send warning was read. */
  unstale(conversation: string): void;
  retry(command: string): void;
  /** Gives an unsent message back to the editor. */
  takeBack(command: string): void;
  /** Sends again what an earlier page had not got through, and shows again what was refused there. */
  restore(): void;
}

/** Something to ask for when its conversation's turn has come. */
interface Turn {
  ask: Pending["ask"] | CloseAsk;
  done(accepted: Accepted): void;
  refused(refusal: Refusal): void;
}

/** `tell` hears why a conversation was not closed after its reply. */
export function createSending(
  store: Store<Desk>,
  live: Pick<Live<AgentAsk>, "ask">,
  storage: Kept,
  tell: (refusal: unknown) => void,
): Sending {
  const account = store.get().me.account_id;
  const update = (change: (box: outbox.Outbox) => outbox.Outbox) =>
    store.set((desk) => ({ ...desk, outbox: change(desk.outbox) }));

  /** Conversations whose next turn is being asked for, or rests until it is asked for again. */
  const asking = new Set<string>();
  const closings = new Set<Turn>();

  function post(pending: Pending): void {
    outbox.store(storage, account, pending);
    update((box) => outbox.queued(box, pending));
    begin(pending.ask.conversation_id);
  }

  function close(wish: Omit<CloseAsk, "command_id">): Promise<Accepted> {
    return new Promise((resolve, reject) => {
      closings.add({ ask: { ...wish, command_id: newId() }, done: resolve, refused: reject });
      begin(wish.conversation_id);
    });
  }

  function begin(conversation: string): void {
    if (!asking.has(conversation)) askNext(conversation);
  }

  /** One at a time per conversation, so that words arrive in the order they were written, and before the end. */
  function askNext(conversation: string, attempt = 0): void {
    const next = nextOf(conversation);
    if (!next) return void asking.delete(conversation);
    asking.add(conversation);
    live.ask(next.ask).then(
      (accepted) => {
        closings.delete(next);
        next.done(accepted);
        askNext(conversation);
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) return;
        if (error.temporary) return void setTimeout(askNext, pauseAfter(attempt), conversation, attempt + 1);
        next.refused(error);
        stayOpen(conversation, error);
        askNext(conversation);
      },
    );
  }

  function nextOf(conversation: string): Turn | undefined {
    const [pending] = outbox.waiting(store.get().outbox, conversation);
    if (!pending) return closingsOf(conversation)[0];
    return {
      ask: pending.ask,
      done: (accepted) => done(pending, accepted),
      refused: ({ problem }) => refused(pending, problem),
    };
  }

  const closingsOf = (conversation: string) => [...closings].filter(({ ask }) => ask.conversation_id === conversation);

  /** Closed, it would never hear what was refused. */
  function stayOpen(conversation: string, why: Refusal): void {
    for (const closing of closingsOf(conversation)) {
      closings.delete(closing);
      closing.refused(why);
    }
  }

  function done(pending: Pending, { position }: Accepted): void {
    const { command_id, conversation_id } = pending.ask;
    outbox.forget(storage, account, command_id);
    const isShown = store.get().inbox.position >= (position ?? 0);
    update((box) => (isShown ? outbox.removed(box, command_id) : outbox.changed(box, command_id, { accepted: true })));
    if (pending.thenClose) close({ type: "close_conversation", conversation_id, with_ticket: true }).catch(tell);
  }

  function refused(pending: Pending, problem: Problem): void {
    const { command_id, conversation_id } = pending.ask;
    if (problem.code !== "something_newer") {
      outbox.store(storage, account, { ...pending, problem });
      return update((box) => outbox.changed(box, command_id, { problem }));
    }
    // What waits behind it was written without the newer words too. The last goes first: each is put before what is there.
    const replies = outbox.waiting(store.get().outbox, conversation_id).filter(({ ask }) => ask.type === "post_message");
    replies.reverse().forEach(returnDraft);
    store.set((desk) => ({
      ...desk,
      stale: new Map(desk.stale).set(conversation_id, { pending, newer: newerThan(desk, pending) }),
    }));
  }

  function returnDraft(pending: Pending): void {
    const { conversation_id: id, command_id } = pending.ask;
    outbox.forget(storage, account, command_id);
    giveBack(storage, account, id, outbox.modeOf(pending), pending.draft);
    const returned = new Map(store.get().returned).set(id, (store.get().returned.get(id) ?? 0) + 1);
    store.set((desk) => ({ ...desk, returned, outbox: outbox.removed(desk.outbox, command_id) }));
  }

  function unstale(conversation: string): void {
    const stale = new Map(store.get().stale);
    if (stale.delete(conversation)) store.set((desk) => ({ ...desk, stale }));
  }

  const find = (command: string) => store.get().outbox.find((one) => one.ask.command_id === command);

  function retry(command: string): void {
    const pending = find(command);
    if (!pending) return;
    outbox.forget(storage, account, command);
    update((box) => outbox.removed(box, command));
    post({ ...pending, problem: null, ask: { ...pending.ask, command_id: newId() } });
  }

  function takeBack(command: string): void {
    const pending = find(command);
    if (pending) returnDraft(pending);
  }

  return {
    send: (composed) => {
      unstale(composed.conversation);
      post(pendingOf(store.get(), composed));
    },
    close,
    unstale,
    retry,
    takeBack,
    restore: () => outbox.restore(storage, account).forEach(post),
  };
}

function pauseAfter(attempt: number): number {
  return Math.min(FIRST_RETRY_MS * 2 ** attempt, LONGEST_RETRY_MS);
}

function pendingOf({ me }: Desk, composed: Composed): Pending {
  const written = { text: composed.text, html: composed.html, file_ids: composed.draft.files.map((file) => file.file_id) };
  const ids = { command_id: newId(), message_id: newId(), conversation_id: composed.conversation, written };
  return {
    ask:
      composed.mode === "reply"
        ? { type: "post_message", ...ids, seen: composed.seen }
        : { type: "add_comment", ...ids, mentions: composed.mentions },
    author: { kind: "agent", id: me.account_id, name: me.name },
    at: new Date().toISOString(),
    draft: composed.draft,
    thenClose: composed.thenClose,
    accepted: false,
    problem: null,
  };
}

/** The newest thing the other side said past what the author had seen. */
function newerThan(desk: Desk, { ask }: Pending): Stale["newer"] {
  const seen = ask.type === "post_message" ? (ask.seen ?? 0) : 0;
  const thread = desk.inbox.threads.get(ask.conversation_id);
  const newer = thread?.entries.findLast(
    ({ position, event }) => position > seen && isSaid(event) && event.author.id !== desk.me.account_id,
  );
  if (!newer || !isSaid(newer.event)) return null;
  const { author, content } = newer.event;
  return { name: author.name, text: content.text || (content.attachments[0]?.name ?? "") };
}
