import { useRoom } from "../../hooks/wide";
import { BackButton } from "./BackButton";
import styles from "./thread.module.css";

/** While nothing is known of the conversation: on a phone, the way back to the list. */
export function UnknownHead() {
  const { phone } = useRoom();
  return phone ? (
    <header className={styles.head}>
      <BackButton />
    </header>
  ) : null;
}
