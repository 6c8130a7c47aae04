/**
 * The last events seen, so that a snapshot taken a moment ago can catch up with them.
 *
 * Everything after `floor` is in here. A snapshot older than that cannot be trusted and is fetched again.
 */

import type { Entry } from "../../protocol/messages";

export interface Tail {
  floor: number;
  entries: readonly Entry[];
}

export const KEPT = 1000;

export const emptyTail = (floor: number): Tail => ({ floor, entries: [] });

export function remember(tail: Tail, entry: Entry): Tail {
  const entries = [...tail.entries, entry];
  if (entries.length <= KEPT * 2) return { floor: tail.floor, entries };
  const dropped = entries.length - KEPT;
  return { floor: entries[dropped - 1]?.position ?? tail.floor, entries: entries.slice(dropped) };
}

/** What a snapshot taken at `position` has missed, or null when that is no longer known. */
export function missed(tail: Tail, position: number): readonly Entry[] | null {
  if (position < tail.floor) return null;
  return tail.entries.filter((entry) => entry.position > position);
}
