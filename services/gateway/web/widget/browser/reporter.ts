/** What the customer's page is told of the chat. */
import type { Entry } from "../../protocol/messages";
import type { EventName } from "../bridge";
import { peeked, unreadIn, type Chat } from "../state/chat";
import type { Words } from "../words";
import type { Host } from "./host";

export interface Reporter {
  happened(name: EventName, detail: Record<string, unknown>): void;
  /** Tells what has changed since it was last called. */
  report(chat: Chat): void;
  /** Tells of an event, if it is one of those a page hears about. */
  announce(entry: Entry): void;
}

export function createReporter(host: Host, words: Words): Reporter {
  let lastCount = 0;
  let wasKnown = false;
  let didPeek = false;

  const happened = (name: EventName, detail: Record<string, unknown>) => host.tell({ type: "happened", name, detail });

  function report(chat: Chat): void {
    const count = unreadIn(chat).length;
    if (count !== lastCount) {
      host.tell({ type: "unread", count, label: count ? words.unread(count) : "" });
      happened("unreadConversationCountChanged", { unreadCount: count });
    }
    lastCount = count;
    const known = chat.threads.length + chat.outbox.length > 0;
    if (known && !wasKnown) host.tell({ type: "known", kept: "1" });
    wasKnown = known;
    const peeks = peeked(chat) !== null;
    if (didPeek && !peeks) host.tell({ type: "peek", height: null });
    didPeek = peeks;
  }

  function announce({ event }: Entry): void {
    if (!("conversation_id" in event)) return;
    const detail = { conversationId: event.conversation_id };
    if (event.type === "conversation_closed") happened("conversationClosed", detail);
    if (event.type === "message_posted" && event.author.kind !== "visitor") {
      happened("messageReceived", { ...detail, author: event.author.name });
    }
  }

  return { happened, report, announce };
}
