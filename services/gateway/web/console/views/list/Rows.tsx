import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import type { View } from "../../../protocol/messages";
import { useRoute } from "../../hooks/route";
import type { List } from "../../hooks/rows";
import { words } from "../../words";
import { Button } from "../parts/Button";
import styles from "./list.module.css";
import { Row } from "./Row";

const ROW_HEIGHT = 80;
const AHEAD = 10;

/** The list itself: only the rows in sight exist, all of one height; the next page loads before its end is reached. */
export function Rows({ view, list }: { view: View; list: List }) {
  const { conversation } = useRoute();
  const scroller = useRef<HTMLDivElement>(null);
  const { rows, more } = list;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => rows[index]?.conversation_id ?? index,
    overscan: 8,
  });
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  useEffect(() => {
    if (last >= rows.length - AHEAD) more();
  }, [last, rows.length, more]);

  const open = rows.findIndex((row) => row.conversation_id === conversation);
  const opened = useRef(conversation);
  useEffect(() => {
    if (opened.current === conversation) return;
    opened.current = conversation;
    if (open >= 0) virtual.scrollToIndex(open, { align: "auto" });
  }, [open, conversation, virtual]);

  return (
    <div ref={scroller} className={styles.scroller}>
      <ul className={styles.rows} role="list" aria-label={words.list.label} style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ key, index, start }) => {
          const row = rows[index];
          return (
            row && (
              <li
                key={key}
                style={{ transform: `translateY(${start}px)` }}
                aria-posinset={index + 1}
                aria-setsize={rows.length}
              >
                <Row row={row} view={view} current={row.conversation_id === conversation} />
              </li>
            )
          );
        })}
      </ul>
      {list.moreFailed && (
        <p className={styles.more} role="alert">
          {words.list.moreFailed}{" "}
          <Button look="quiet" onClick={list.retry}>
            {words.list.again}
          </Button>
        </p>
      )}
    </div>
  );
}
