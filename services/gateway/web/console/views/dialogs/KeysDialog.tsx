import { words } from "../../words";
import { modifier } from "../parts/modifier";
import styles from "./dialogs.module.css";

const say = words.keys;
const KEYS = [
  { keys: ["J", "K"], does: say.next },
  { keys: ["⏎"], does: say.open },
  { keys: ["R"], does: say.reply },
  { keys: ["C"], does: say.comment },
  { keys: [modifier, "⏎"], does: say.send },
  { keys: ["E"], does: say.close },
  { keys: ["A"], does: say.assign },
  { keys: [modifier, "K"], does: say.palette },
  { keys: ["?"], does: say.help },
];

/** Every key that does something. */
export function KeysDialog() {
  return (
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
  );
}
