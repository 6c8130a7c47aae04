import { words } from "../../words";
import { QuietMark } from "../parts/Art";
import { Empty } from "../parts/Empty";
import { modifier } from "../parts/modifier";
import styles from "./thread.module.css";

const KEYS = [
  { keys: ["J", "K"], does: words.keys.next },
  { keys: ["R"], does: words.keys.reply },
  { keys: ["C"], does: words.keys.comment },
  { keys: ["E"], does: words.keys.close },
  { keys: [modifier, "K"], does: words.keys.palette },
];

/** Nothing opened yet: how to. */
export function NoThread() {
  return (
    <section className={styles.thread}>
      <Empty art={<QuietMark />} title={words.thread.noneTitle} text={words.thread.noneText}>
        <dl className={styles.keys}>
          {KEYS.map(({ keys, does }) => (
            <div key={does}>
              <dt>
                {keys.map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
      </Empty>
    </section>
  );
}
