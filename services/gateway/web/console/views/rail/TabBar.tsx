import { IconInbox } from "@tabler/icons-react";
import { words } from "../../words";
import { MeMenu } from "./MeMenu";
import { NoticesBell } from "./NoticesBell";
import styles from "./rail.module.css";

/** The rail of a phone, at its foot. */
export function TabBar() {
  return (
    <nav className={styles.tabbar} aria-label={words.rail.label}>
      <span className={styles.tab} aria-current="page">
        <IconInbox size={22} stroke={1.6} aria-hidden="true" />
        {words.rail.inbox}
      </span>
      <NoticesBell label={words.notices.label} />
      <MeMenu label={words.rail.you} />
    </nav>
  );
}
