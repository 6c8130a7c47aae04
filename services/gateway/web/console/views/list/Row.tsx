import { memo, type MouseEvent } from "react";
import type { ConversationRow, View } from "../../../protocol/messages";
import { useNow } from "../../hooks/now";
import { go } from "../../hooks/route";
import { formatRoute } from "../../state/route";
import { isUnread } from "../../state/rows";
import { ago, shortDay } from "../../state/time";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import { Hidden } from "../parts/Hidden";
import { IconBot, IconChat } from "../parts/icons";
import styles from "./list.module.css";
import { Preview } from "./Preview";
import { RowMeta } from "./RowMeta";

interface Props {
  row: ConversationRow;
  view: View;
  current: boolean;
}

/** One conversation, three lines: who and when, what, and why it is here. */
export const Row = memo(function Row({ row, view, current }: Props) {
  const now = useNow();
  const unread = isUnread(row);
  const since = ago(row.activity_at, now);
  const to = { view, conversation: row.conversation_id, contact: false };

  function open(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(to);
  }

  return (
    <a
      className={`${styles.row} ${unread ? styles.unread : ""}`}
      href={formatRoute(to)}
      aria-current={current || undefined}
      onClick={open}
    >
      <Avatar id={row.contact_id} name={row.contact_name} size={32}>
        <i className={`${styles.channel} ${row.bot ? styles.bot : ""}`}>
          {row.bot ? <IconBot size={11} stroke={2.2} /> : <IconChat size={11} stroke={2.2} />}
        </i>
      </Avatar>
      <bdi className={styles.name}>{row.contact_name}</bdi>
      <time dateTime={row.activity_at}>{since.unit === "d" ? shortDay(row.activity_at, now) : words.span(since)}</time>
      <Preview row={row} />
      {unread && (
        <i className={styles.dot}>
          <Hidden>{words.list.unread}</Hidden>
        </i>
      )}
      <RowMeta row={row} now={now} />
    </a>
  );
});
