import { IconInbox } from "@tabler/icons-react";
import { go, useRoute } from "../../hooks/route";
import { useUnread } from "../../hooks/title";
import { formatRoute } from "../../state/route";
import { words } from "../../words";
import { Mark } from "../parts/Mark";
import { MeMenu } from "./MeMenu";
import { NoticesBell } from "./NoticesBell";
import styles from "./rail.module.css";

/** The product's places at the left edge, oneself at its foot. */
export function Rail() {
  const unread = useUnread();
  const { view } = useRoute();
  const home = formatRoute({ view, conversation: null, contact: false });
  return (
    <nav className={styles.rail} aria-label={words.rail.label}>
      <span className={styles.mark}>
        <Mark />
      </span>
      <a
        className={styles.link}
        href={home}
        aria-current="page"
        aria-label={unread > 0 ? words.rail.inboxWaiting(unread) : words.rail.inbox}
        onClick={(event) => (event.preventDefault(), go({ conversation: null }))}
      >
        <IconInbox size={20} stroke={1.6} />
        {unread > 0 && <span className={styles.dot} />}
      </a>
      <NoticesBell />
      <span className={styles.grow} />
      <MeMenu />
    </nav>
  );
}
