import { Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useRoute } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { words } from "../../words";
import { ViewLinks } from "./ViewLinks";
import styles from "./views.module.css";

/** The views folded into the list's title, where there is no room beside it. */
export function FoldedViews() {
  const { view } = useRoute();
  const count = useDesk((desk) => desk.counts?.counts[view]);
  const [opened, setOpened] = useState(false);
  return (
    <nav aria-label={words.list.viewsLabel}>
      <Popover
        opened={opened}
        onChange={setOpened}
        position="bottom-start"
        width={216}
        withinPortal={false}
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <button type="button" className={styles.folded} onClick={() => setOpened(!opened)}>
            {words.views[view]} <span className={styles.count}>{count}</span>
            <IconChevronDown size={16} stroke={1.6} aria-hidden="true" />
          </button>
        </Popover.Target>
        <Popover.Dropdown aria-label={words.list.viewsLabel}>
          <ViewLinks onChoose={() => setOpened(false)} />
        </Popover.Dropdown>
      </Popover>
    </nav>
  );
}
