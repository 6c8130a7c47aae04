import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import styles from "./thread.module.css";

const BONES = ["them", "us", "them", "them", "us", "us"] as const;

/** Bubbles that are not here yet. */
export function ThreadSkeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <Hidden>{words.thread.loading}</Hidden>
      {BONES.map((side, n) => (
        <div key={n} className={`${styles.bone} ${styles[side]}`} aria-hidden="true" />
      ))}
    </div>
  );
}
