/** What I am told of, and which of it is news. */

import type { Notice } from "../../protocol/messages";

/**
 * The notices above the newest one known: further down stand old ones that only now have room. What is there at first sight
 * is no news, whatever any clock says.
 */
export function freshNotices(known: ReadonlySet<string> | null, newestFirst: readonly Notice[]): readonly Notice[] {
  if (!known) return [];
  const seen = newestFirst.findIndex((notice) => known.has(notice.notice_id));
  return seen < 0 ? newestFirst : newestFirst.slice(0, seen);
}
