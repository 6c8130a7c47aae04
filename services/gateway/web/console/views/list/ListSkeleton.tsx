import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import styles from "./list.module.css";

const ROWS = 8;

/** Rows that are not here yet. */
export function ListSkeleton() {
  return (
    <div className={styles.skeleton} role="status">
      <Hidden>{words.list.loading}</Hidden>
      {Array.from({ length: ROWS }, (_, n) => (
        <div key={n} className={styles.bone} aria-hidden="true">
          <i />
          <b />
          <b />
          <b />
        </div>
      ))}
    </div>
  );
}
