import { IconCloudOff } from "@tabler/icons-react";
import styles from "./empty.module.css";
import { Mark } from "./Mark";

/** Two bubbles, one ticked. */
export function DoneArt() {
  return (
    <svg className={styles.art} viewBox="0 0 120 80" aria-hidden="true">
      <rect x="22" y="18" width="62" height="38" rx="12" className="a" />
      <path d="M40 56v12l13-12z" className="a" />
      <rect x="50" y="10" width="52" height="32" rx="10" className="b" />
      <path d="m66 26 7 7 13-14" className="c" />
    </svg>
  );
}

export function QuietMark() {
  return <Mark className={styles.mark} />;
}

export function BrokenArt() {
  return <IconCloudOff className={styles.broken} size={40} stroke={1.4} aria-hidden="true" />;
}
