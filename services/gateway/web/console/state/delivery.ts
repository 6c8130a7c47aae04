/** What became of something we said: on its way, in the log, or read by the visitor. */

import type { Entry } from "../../protocol/messages";
import type { Item } from "../../protocol/timeline";
import { UNCONFIRMED } from "./items";
import type { Pending } from "./outbox";

export type Delivery =
  | { kind: "waiting" }
  | { kind: "sending" }
  | { kind: "sent" }
  | { kind: "read"; at: string | null }
  | { kind: "failed"; reason: string };

/** The one group that tells its delivery state: the last one of ours, by a person. */
export function lastOurs(items: readonly Item[]): string | null {
  return items.findLast((item) => item.kind === "group" && item.author.kind === "agent" && !item.comment)?.key ?? null;
}

/** `read` is how far the visitor has read, as a position of the log. */
export function deliveryOf(
  position: number,
  pending: Pending | undefined,
  entries: readonly Entry[],
  read: number,
  online: boolean,
): Delivery {
  if (pending?.problem) return { kind: "failed", reason: pending.problem.detail ?? pending.problem.title };
  if (pending?.accepted) return { kind: "sent" };
  if (position === UNCONFIRMED) return { kind: online ? "sending" : "waiting" };
  const at = readAt(entries, position);
  return at !== null || position <= read ? { kind: "read", at } : { kind: "sent" };
}

/** When the visitor first read as far as `position`: they said so, or answered, which takes reading too. */
function readAt(entries: readonly Entry[], position: number): string | null {
  const read = entries.find(({ position: at, event }) => {
    if (event.type === "conversation_read") return event.reader === "visitor" && event.position >= position;
    return event.type === "message_posted" && event.author.kind === "visitor" && at > position;
  });
  return read?.event.at ?? null;
}
