import { useDelayed } from "../../hooks/delayed";
import { useRoute } from "../../hooks/route";
import { useRows } from "../../hooks/rows";
import { useRoom } from "../../hooks/wide";
import { words } from "../../words";
import { Failed } from "../parts/Failed";
import { FoldedViews } from "./FoldedViews";
import styles from "./list.module.css";
import { ListEmpty } from "./ListEmpty";
import { ListSkeleton } from "./ListSkeleton";
import { Rows } from "./Rows";

/** One view's conversations. */
export function ListPane() {
  const { view } = useRoute();
  const { views } = useRoom();
  const list = useRows(view);
  const waiting = useDelayed(list.loading && !list.error);
  return (
    <section className={styles.list} aria-label={words.list.pane}>
      <header className={styles.head}>{views ? <h2 className={styles.title}>{words.views[view]}</h2> : <FoldedViews />}</header>
      {list.error ? (
        <Failed title={words.list.failed} error={list.error} onRetry={list.retry} />
      ) : list.loading && list.rows.length === 0 ? (
        waiting && <ListSkeleton />
      ) : list.rows.length === 0 ? (
        <ListEmpty view={view} />
      ) : (
        <Rows key={view} view={view} list={list} />
      )}
    </section>
  );
}
