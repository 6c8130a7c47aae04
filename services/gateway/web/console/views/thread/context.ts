import { createContext, useContext } from "react";
import type { Thread } from "../../../protocol/messages";
import type { Pending } from "../../state/outbox";

/** What every bubble of an opened thread may need to know. */
export interface Around {
  thread: Thread;
  pending: readonly Pending[];
  picked: ReadonlySet<string>;
  /** The one group that tells its delivery state. */
  tellsState: string | null;
}

export const ThreadContext = createContext<Around | null>(null);

export function useAround(): Around {
  const around = useContext(ThreadContext);
  if (!around) throw new Error("Outside of a thread");
  return around;
}
