import { type RefObject, useCallback, useRef } from "react";
import { mayAct } from "../state/desk";
import { isUnread } from "../state/rows";
import { useSession } from "./session";
import { useVisible } from "./visible";

/**
 * What the screen has shown: told with the thread's position whenever its newest messages are in sight. Keeps it for the
 * stale-send guard, and marks the conversation read for the team. Another function once the page comes back in sight, so that
 * whoever calls it whenever it changes tells again.
 */
export function useRead(id: string, seen: RefObject<number>): (position: number) => void {
  const session = useSession();
  const visible = useVisible();
  const told = useRef(0);
  return useCallback(
    (position: number) => {
      if (!visible) return;
      seen.current = Math.max(seen.current, position);
      const desk = session.desk.get();
      const row = desk.inbox.rows.get(id);
      if (!row || !mayAct(desk) || !isUnread(row) || row.last_message > position || told.current >= row.last_message) return;
      told.current = row.last_message;
      session.ask({ type: "mark_read", conversation_id: id, position: row.last_message }).catch(() => {
        told.current = 0;
      });
    },
    [id, seen, session, visible],
  );
}
