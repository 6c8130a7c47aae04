import { IconArrowDown } from "@tabler/icons-react";
import { words } from "../../words";
import styles from "./thread.module.css";

/** The way down to what came meanwhile. */
export function NewPill({ count, onClick }: { count: number; onClick(): void }) {
  return (
    <button
      type="button"
      className={`${styles.pill} ${count > 0 ? styles.news : ""}`}
      onClick={onClick}
      aria-label={count > 0 ? undefined : words.thread.toBottom}
    >
      <IconArrowDown size={16} stroke={1.6} aria-hidden="true" />
      {count > 0 && words.thread.newMessages(count)}
    </button>
  );
}
