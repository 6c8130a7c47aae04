import { useDesk } from "../hooks/session";
import { useDelayed } from "../hooks/delayed";
import { words } from "../words";
import styles from "./console.module.css";

const say = words.connection;
const GRACE_MS = 1500;

/** Says that the connection is being made again; a blink of it stays unsaid. */
export function OfflineBar() {
  const away = useDesk((desk) => desk.live !== "online");
  const shown = useDelayed(away, GRACE_MS);
  if (!shown) return null;
  return (
    <div className={styles.offline} role="status">
      <span className={styles.spinner} aria-hidden="true" />
      <strong>{say.reconnecting}</strong> {say.safe}
      <button type="button" onClick={() => dispatchEvent(new Event("online"))}>
        {say.tryNow}
      </button>
    </div>
  );
}
