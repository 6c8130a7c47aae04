/** How snapshots are fetched: one that came too old is asked for again at once, a refusal not before a reconnect. */

import { QueryCache, QueryClient } from "@tanstack/react-query";
import { Refusal } from "../protocol/refusal";
import { isSignedOut } from "./state/api";
import { SnapshotTooOld } from "./state/inbox";

const TRIES = 5;

function mayRetry(failures: number, error: Error): boolean {
  if (error instanceof Refusal && !error.temporary) return false;
  return failures < (error instanceof SnapshotTooOld ? TRIES * 2 : TRIES);
}

/** Who is signed in; null for nobody. */
export const SESSION = ["session"];

/** Whoever is told to sign in first has been signed out meanwhile. */
function onError(error: Error): void {
  if (isSignedOut(error)) queries.setQueryData(SESSION, null);
}

export const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  defaultOptions: {
    queries: {
      retry: mayRetry,
      retryDelay: (failures, error) => (error instanceof SnapshotTooOld ? 100 : Math.min(500 * 2 ** failures, 10_000)),
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: "always",
    },
  },
});

/** Asks again at once for what is in sight and could not be fetched. */
export function refetchFailed(): void {
  void queries.resetQueries({ type: "active", predicate: ({ state }) => state.fetchFailureCount > 0 });
}
