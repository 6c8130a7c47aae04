import { words } from "../../words";
import { ViewLinks } from "./ViewLinks";
import styles from "./views.module.css";

/** The views, beside the list where there is room. */
export function ViewsNav() {
  return (
    <nav className={styles.views} aria-label={words.list.viewsLabel}>
      <p className={styles.title} aria-hidden="true">
        {words.rail.inbox}
      </p>
      <ViewLinks />
    </nav>
  );
}
