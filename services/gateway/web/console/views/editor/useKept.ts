import { useMemo, useSyncExternalStore } from "react";
import { useDesk, useSession } from "../../hooks/session";
import { type Draft, isEmpty, type Mode, readDraft } from "../../state/drafts";
import type { Session } from "../../state/session";
import { browserStorage } from "../../state/storage";

/** Reads a draft of mine. */
export const readMine = ({ desk }: Session, id: string, mode: Mode) =>
  readDraft(browserStorage, desk.get().me.account_id, id, mode);

const useReturned = (id: string) => useDesk((desk) => desk.returned.get(id) ?? 0);

/** The draft as it was kept: read when its editor opens, and anew whenever words are given back. */
export function useKept(id: string, mode: Mode): Draft {
  const session = useSession();
  const returned = useReturned(id);
  return useMemo(() => readMine(session, id, mode), [session, id, mode, returned]);
}

/** Whether something unsent is kept where nobody types now: words given back or a file that arrives may still add to it. */
export function useIsKept(id: string, mode: Mode): boolean {
  const session = useSession();
  useReturned(id);
  return useSyncExternalStore(session.uploads(id, mode).subscribe, () => !isEmpty(readMine(session, id, mode)));
}
