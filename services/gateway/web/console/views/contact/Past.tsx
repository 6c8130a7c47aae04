import type { MouseEvent } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useNow } from "../../hooks/now";
import { go, useRoute } from "../../hooks/route";
import { formatRoute } from "../../state/route";
import { shortDay } from "../../state/time";
import { words } from "../../words";
import { IconChat } from "../parts/icons";
import styles from "./contact.module.css";

const say = words.contact;

/** Earlier conversations with the same contact; each can be opened. */
export function Past({ rows }: { rows: readonly ConversationRow[] }) {
  const { view } = useRoute();
  const now = useNow();
  if (rows.length === 0) return <p className={styles.whisper}>{say.noPast}</p>;

  function open(event: MouseEvent, id: string) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ conversation: id, contact: false });
  }

  return (
    <ul className={styles.past}>
      {rows.map((row) => (
        <li key={row.conversation_id}>
          <a
            href={formatRoute({ view, conversation: row.conversation_id, contact: false })}
            onClick={(event) => open(event, row.conversation_id)}
          >
            <i>
              <IconChat size={16} stroke={1.6} />
            </i>
            <span>
              <bdi>{row.last?.text || row.page.title || words.list.nothingYet}</bdi>
              <small>
                {row.status === "closed" ? say.closedRow : say.openRow}
                {row.assignee && `, ${row.assignee.name}`}
              </small>
            </span>
            <time dateTime={row.activity_at}>{shortDay(row.activity_at, now)}</time>
          </a>
        </li>
      ))}
    </ul>
  );
}
