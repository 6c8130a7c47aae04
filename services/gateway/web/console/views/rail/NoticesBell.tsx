import { Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { useNotices } from "../../hooks/notices";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import { NoticeList } from "./NoticeList";
import styles from "./rail.module.css";

/** What I have not seen yet, behind a bell. */
export function NoticesBell({ label }: { label?: string }) {
  const count = useNotices().length;
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position={label ? "top" : "right-start"} width={340} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={label ? styles.tab : styles.link} onClick={() => setOpened(!opened)}>
          <IconBell size={label ? 22 : 20} stroke={1.6} />
          {label ?? <Hidden>{words.notices.label}</Hidden>}
          {count > 0 && (
            <span className={styles.badge}>
              {count} <Hidden>{words.notices.fresh}</Hidden>
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.notices} aria-label={words.notices.title}>
        <NoticeList onOpen={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
