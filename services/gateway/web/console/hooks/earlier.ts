import { useCallback, useRef, useState } from "react";
import type { Thread } from "../../protocol/messages";
import { api } from "../state/api";
import { tookEarlier } from "../state/inbox";
import { useSession } from "./session";

/** Loads older entries of a thread, one page at a time; `failed` until the next try. */
export function useEarlier(thread: Thread): { failed: boolean; load(): void } {
  const { desk } = useSession();
  const busy = useRef(false);
  const [failed, setFailed] = useState(false);
  const { earlier } = thread;
  const id = thread.conversation.conversation_id;
  const load = useCallback(() => {
    if (busy.current || earlier === null) return;
    busy.current = true;
    setFailed(false);
    api
      .earlier(id, earlier)
      .then((page) => desk.set((now) => ({ ...now, inbox: tookEarlier(now.inbox, id, page) })))
      .catch(() => setFailed(true))
      .finally(() => {
        busy.current = false;
      });
  }, [desk, id, earlier]);
  return { failed, load };
}
