import { newId } from "../../protocol/ids";
import type { VisitorAsk } from "../../protocol/messages";
import { type Chat, threadOf } from "../state/chat";
import { newlyRead } from "../state/reading";

/** What arrives together is marked together. */
const PAUSE_MS = 250;

/** Tells the server what the visitor has read: what is on screen while the card is open and the page is looked at. */
export function createReader(get: () => Chat, ask: (ask: VisitorAsk) => Promise<unknown>): () => void {
  const told = new Map<string, number>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  function mark(): void {
    const chat = get();
    const thread = threadOf(chat);
    if (!thread || !chat.open || chat.list || document.visibilityState !== "visible") return;
    const { conversation_id } = thread;
    const position = newlyRead(thread);
    if (position === null || position <= (told.get(conversation_id) ?? 0)) return;
    told.set(conversation_id, position);
    // A refused mark costs nothing: the next message brings a later one.
    ask({ type: "mark_read", command_id: newId(), conversation_id, position }).catch(() => told.delete(conversation_id));
  }

  return () => {
    clearTimeout(timer);
    timer = setTimeout(mark, PAUSE_MS);
  };
}
