import { useQuery } from "@tanstack/react-query";
import type { Thread } from "../../protocol/messages";
import { api } from "../state/api";
import { mayLoad } from "../state/desk";
import { threadOf, tookThread } from "../state/inbox";
import { useDesk, useSession } from "./session";

export interface Opened {
  thread: Thread | undefined;
  /** Why no fresh snapshot came. */
  error: Error | null;
  retry(): void;
}

/** The opened conversation: what is known of it at once, and a fresh snapshot joined to it. */
export function useThread(id: string): Opened {
  const { desk } = useSession();
  const generation = useDesk((now) => now.inbox.generation);
  const ready = useDesk(mayLoad);
  const thread = useDesk((now) => threadOf(now.inbox, id));
  const isLoaded = useDesk((now) => now.inbox.threads.has(id));
  const query = useQuery({
    queryKey: ["thread", generation, id],
    enabled: ready,
    queryFn: async () => {
      const snapshot = await api.thread(id);
      desk.set((now) => ({ ...now, inbox: tookThread(now.inbox, snapshot) }));
      return snapshot.position;
    },
  });
  return { thread, error: isLoaded ? null : query.error, retry: () => void query.refetch() };
}
