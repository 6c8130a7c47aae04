import { useDelayed } from "../../hooks/delayed";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import styles from "./contact.module.css";

/** A contact that is not here yet. */
export function ContactSkeleton() {
  const late = useDelayed(true);
  if (!late) return null;
  return (
    <div className={styles.skeleton} role="status">
      <Hidden>{words.loading}</Hidden>
      <i />
      {Array.from({ length: 6 }, (_, n) => (
        <b key={n} />
      ))}
    </div>
  );
}
