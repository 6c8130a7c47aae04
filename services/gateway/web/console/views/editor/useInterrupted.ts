import { useState } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import { isEmpty, readDraft } from "../../state/drafts";
import { browserStorage } from "../../state/storage";
import { words } from "../../words";

const isWriting = () => document.activeElement?.getAttribute("aria-label") === words.editor.reply;

/**
 * Whether the conversation ended under a reply. Its words stay in sight then, and the keys typed meanwhile stay in its box
 * instead of becoming shortcuts.
 */
export function useInterrupted({ conversation_id, status }: ConversationRow): boolean {
  const { desk } = useSession();
  const [before, setBefore] = useState(status);
  const [interrupted, setInterrupted] = useState(false);
  if (before !== status) {
    const draft = readDraft(browserStorage, desk.get().me.account_id, conversation_id, "reply");
    setBefore(status);
    setInterrupted(status === "closed" && (isWriting() || !isEmpty(draft)));
  }
  return interrupted;
}
