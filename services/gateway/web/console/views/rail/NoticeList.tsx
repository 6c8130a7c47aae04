import { IconAt, IconBellOff, IconUserPlus } from "@tabler/icons-react";
import { useNow } from "../../hooks/now";
import { openNotice, useNotices } from "../../hooks/notices";
import { ago } from "../../state/time";
import { words } from "../../words";
import { IconBot } from "../parts/icons";
import styles from "./rail.module.css";

const ICONS = { assigned: IconUserPlus, mentioned: IconAt, handed_over: IconBot };

/** Unseen notices, newest first; a click opens the conversation, which takes the notice away. */
export function NoticeList({ onOpen }: { onOpen(): void }) {
  const notices = useNotices();
  const now = useNow();
  return (
    <>
      <h2>{words.notices.title}</h2>
      {notices.length === 0 && (
        <p className={styles.none}>
          <IconBellOff size={20} stroke={1.6} aria-hidden="true" />
          <b>{words.notices.emptyTitle}</b>
          {words.notices.emptyText}
        </p>
      )}
      <ul>
        {notices.map((notice) => {
          const Icon = ICONS[notice.kind];
          return (
            <li key={notice.notice_id}>
              <button type="button" onClick={() => (openNotice(notice), onOpen())}>
                <Icon size={16} stroke={1.6} />
                <span>
                  <b>{words.notices.kinds[notice.kind]}</b>
                  <bdi>{notice.text}</bdi>
                </span>
                <time dateTime={notice.at}>{words.span(ago(notice.at, now))}</time>
              </button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
