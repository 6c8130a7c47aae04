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
  const of = useRef<string | null>(null);
  return useCallback(
    (position: number) => {
      const desk = session.desk.get();
      const { epoch, rows, threads } = desk.inbox;
      if (!visible || !threads.has(id)) return;
      // Positions of another epoch say nothing about this one.
      if (of.current !== epoch) seen.current = told.current = 0;
      of.current = epoch;
      seen.current = Math.max(seen.current, position);
      const row = rows.get(id);
      if (!row || !mayAct(desk) || !isUnread(row) || row.last_message > position || told.current >= row.last_message) return;
      told.current = row.last_message;
      session.ask({ type: "mark_read", conversation_id: id, position: row.last_message }).catch(() => {
        told.current = 0;
      });
    },
    [id, seen, session, visible],
  );
}
