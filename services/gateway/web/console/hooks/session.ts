import { createContext, useContext, useSyncExternalStore } from "react";
import type { Desk } from "../state/desk";
import type { Session } from "../state/session";

export const SessionContext = createContext<Session | null>(null);

/** The signed-in agent's session; only inside the console. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("Outside of a session");
  return session;
}

/** A part of the desk; `select` must give the same object while nothing in it changed. */
export function useDesk<T>(select: (desk: Desk) => T): T {
  const { desk } = useSession();
  return useSyncExternalStore(desk.subscribe, () => select(desk.get()));
}
