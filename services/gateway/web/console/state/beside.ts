import type { ConversationRow } from "../../protocol/messages";

/**
 * The row one further (1) or one back (-1) from `open`. When it is no longer among `rows`, the nearest that is left of those
 * it stood among `before`; the first row when nobody knows where it stood.
 */
export function beside(
  rows: readonly ConversationRow[],
  before: readonly ConversationRow[],
  open: string | null,
  by: 1 | -1,
): ConversationRow | undefined {
  const at = indexOf(rows, open);
  if (at >= 0) return rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
  const stood = indexOf(before, open);
  if (stood < 0) return rows[0];
  const left = new Map(rows.map((row) => [row.conversation_id, row]));
  const above = before.slice(0, stood).reverse();
  const below = before.slice(stood + 1);
  const nearest = by > 0 ? [...below, ...above] : [...above, ...below];
  return nearest.map((row) => left.get(row.conversation_id)).find(Boolean) ?? rows[0];
}

export const indexOf = (rows: readonly ConversationRow[], id: string | null) =>
  rows.findIndex((row) => row.conversation_id === id);
