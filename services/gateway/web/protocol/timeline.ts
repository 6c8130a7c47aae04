/** A thread as it is read: days, groups of bubbles by one author, and events in between. */
import type { Author, Entry } from "./messages";
import { isSaid, type Said } from "./thread";
import { dayKey } from "./time";

export interface Bubble {
  position: number;
  event: Said;
}

export type Item =
  | { kind: "day"; key: string; at: string }
  | { kind: "group"; key: string; author: Author; comment: boolean; bubbles: Bubble[] }
  | { kind: "event"; key: string; entry: Entry };

/** Bubbles of one author stand together while they follow each other within this time (ms). */
export const GROUP_MS = 3 * 60_000;

/** What to show for `entries`, which are in order of position. `shows` picks the events that get a line of their own. */
export function timelineOf(entries: readonly Entry[], shows: (entry: Entry) => boolean): Item[] {
  const items: Item[] = [];
  let day = "";
  for (const entry of entries) {
    const { event, position } = entry;
    if (!isSaid(event) && !shows(entry)) continue;
    const today = dayKey(event.at);
    if (today !== day) items.push({ kind: "day", key: `day ${today}`, at: event.at });
    day = today;
    if (!isSaid(event)) items.push({ kind: "event", key: `event ${position}`, entry });
    else if (!joined(items.at(-1), { position, event })) items.push(groupOf({ position, event }));
  }
  return items;
}

function groupOf(bubble: Bubble): Item {
  const { author, message_id, type } = bubble.event;
  return { kind: "group", key: message_id, author, comment: type === "comment_added", bubbles: [bubble] };
}

function joined(item: Item | undefined, bubble: Bubble): boolean {
  if (item?.kind !== "group" || item.author.id !== bubble.event.author.id) return false;
  if (item.comment || bubble.event.type === "comment_added") return false;
  const before = item.bubbles.at(-1);
  if (!before || Date.parse(bubble.event.at) - Date.parse(before.event.at) > GROUP_MS) return false;
  item.bubbles.push(bubble);
  return true;
}
