/** How snapshots are fetched: one that came too old is asked for again at once, a refusal never. */

import { QueryClient } from "@tanstack/react-query";
import { Refusal } from "../protocol/refusal";
import { SnapshotTooOld } from "./state/inbox";

const TRIES = 5;

function mayRetry(failures: number, error: Error): boolean {
  if (error instanceof Refusal && !error.temporary) return false;
  return failures < (error instanceof SnapshotTooOld ? TRIES * 2 : TRIES);
}

export const queries = new QueryClient({
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
