import { useEffect, useMemo } from "react";
import { rowOf, rowsToCount } from "../state/inbox";
import { unreadFor } from "../state/rows";
import { words } from "../words";
import { useRoute } from "./route";
import { useDesk } from "./session";

/** Unread conversations that are mine or nobody's, among those loaded. */
export function useUnread(): number {
  const me = useDesk((desk) => desk.me.account_id);
  const rows = useDesk((desk) => rowsToCount(desk.inbox));
  return useMemo(() => unreadFor(me, rows), [me, rows]);
}

/** Keeps the tab's title: what is unread, who is open, which view. */
export function useTitle(): void {
  const { view, conversation } = useRoute();
  const unread = useUnread();
  const name = useDesk((desk) => (conversation ? rowOf(desk.inbox, conversation)?.contact_name : undefined));
  useEffect(() => {
    const parts = [name, words.views[view], words.product].filter(Boolean).join(" - ");
    document.title = unread > 0 ? `(${unread}) ${parts}` : parts;
  }, [view, name, unread]);
}
