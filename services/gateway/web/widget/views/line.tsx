import type { Entry } from "../../protocol/messages";
import { firstName } from "../state/reading";
import { Face } from "./face";
import { useWidget } from "./widget";

/** The one event a visitor is told in a line of its own: somebody came. */
export function showsLine({ event }: Entry): boolean {
  return event.type === "conversation_assigned";
}

/** `Ben joined the conversation`; not again for somebody who has had the conversation all along. */
export function Line({ entry: { event, position }, entries }: { entry: Entry; entries: Entry[] }) {
  const { words } = useWidget();
  if (event.type !== "conversation_assigned") return null;
  const before = entries.findLast(({ position: at, event: { type } }) => at < position && type === "conversation_assigned");
  if (before?.event.type === "conversation_assigned" && before.event.assignee.id === event.assignee.id) return null;
  return (
    <p class="joined"><Face id={event.assignee.id} /><span>{words.joined(firstName(event.assignee.name))}</span></p>
  );
}
