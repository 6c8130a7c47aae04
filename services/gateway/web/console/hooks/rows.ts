import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { ConversationRow, View } from "../../protocol/messages";
import { api } from "../state/api";
import { mayLoad } from "../state/desk";
import { listed, tookRows } from "../state/inbox";
import { useDesk, useSession } from "./session";

export interface List {
  rows: readonly ConversationRow[];
  loading: boolean;
  error: Error | null;
  moreFailed: boolean;
  retry(): void;
  /** The end of what is loaded came in sight. */
  more(): void;
}

const SETTLE_MS = 300;
const APART_MS = 2_000;

/** A view's list: its first page, the pages after it as they are wanted, and live changes folded in between. */
export function useRows(view: View): List {
  const inbox = useDesk((desk) => desk.inbox);
  const me = useDesk((desk) => desk.me.account_id);
  const [wanted, setWanted] = useState<string | null>(null);
  const first = usePage(view, null, true);
  const next = inbox.windows.get(view)?.next ?? null;
  const later = usePage(view, next, next !== null && wanted === next);
  useUnknownRows(view);

  const rows = useMemo(() => listed(inbox, view, me), [inbox, view, me]);
  const more = useCallback(() => setWanted(next), [next]);
  return {
    rows,
    more,
    loading: !inbox.windows.has(view),
    error: inbox.windows.has(view) ? null : first.error,
    moreFailed: next !== null && later.error !== null,
    retry: () => void (first.error ? first.refetch() : later.refetch()),
  };
}

function usePage(view: View, after: string | null, enabled: boolean) {
  const { desk } = useSession();
  const generation = useDesk((now) => now.inbox.generation);
  const ready = useDesk(mayLoad);
  return useQuery({
    queryKey: ["rows", generation, view, after],
    enabled: enabled && ready,
    queryFn: async () => {
      const page = await api.rows(view, after);
      desk.set((now) => ({ ...now, inbox: tookRows(now.inbox, view, page, after) }));
      return page.position;
    },
  });
}

/**
 * Something happened in a conversation that was never loaded: the list's first page holds it now. Whatever happens while that
 * page is awaited or on its way is on the next: in a busy inbox the list is loaded again and again, not put off.
 */
function useUnknownRows(view: View): void {
  const { desk } = useSession();
  const queries = useQueryClient();
  const unknown = useDesk((now) => now.inbox.unknown);
  const generation = useDesk((now) => now.inbox.generation);
  const [loaded, setLoaded] = useState(unknown);
  const at = useRef(0);
  const behind = unknown !== loaded;
  useEffect(() => {
    if (!behind) return;
    const pause = Math.max(SETTLE_MS, at.current + APART_MS - Date.now());
    const timer = setTimeout(async () => {
      at.current = Date.now();
      const seen = desk.get().inbox.unknown;
      await queries.refetchQueries({ queryKey: ["rows", generation, view, null] });
      setLoaded(seen);
    }, pause);
    return () => clearTimeout(timer);
  }, [behind, loaded, generation, view, desk, queries]);
}
