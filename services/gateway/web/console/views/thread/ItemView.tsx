import { memo } from "react";
import { dayName } from "../../../protocol/time";
import type { Item } from "../../../protocol/timeline";
import { useNow } from "../../hooks/now";
import { isLine } from "../../state/items";
import { words } from "../../words";
import { CommentView } from "./CommentView";
import { EventLine } from "./EventLine";
import { GroupView } from "./GroupView";
import styles from "./thread.module.css";

function Day({ at }: { at: string }) {
  const now = useNow();
  return (
    <div className={styles.day}>
      <span>{dayName(at, now, words.language)}</span>
    </div>
  );
}

/** One item of the thread, whatever it is. */
export const ItemView = memo(function ItemView({ item }: { item: Item }) {
  switch (item.kind) {
    case "day":
      return <Day at={item.at} />;
    case "event":
      return isLine(item.entry.event) ? <EventLine event={item.entry.event} /> : null;
    case "group":
      return item.comment ? (
        item.bubbles.map((bubble) => <CommentView key={item.key} bubble={bubble} />)
      ) : (
        <GroupView group={item} />
      );
  }
});
