import { IconCheck, IconInbox, IconUser, IconUserPlus } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import type { View } from "../../../protocol/messages";
import { go, useRoute } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { formatRoute, VIEWS } from "../../state/route";
import { words } from "../../words";
import { IconBot } from "../parts/icons";
import styles from "./views.module.css";

const ICONS = { all_open: IconInbox, mine: IconUser, unassigned: IconUserPlus, bots: IconBot, closed: IconCheck };

/** All views with their live counters; `onChoose` hears of a choice. */
export function ViewLinks({ onChoose }: { onChoose?(): void }) {
  const current = useRoute().view;
  const counts = useDesk((desk) => desk.counts?.counts);

  function choose(event: MouseEvent, view: View) {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go({ view, conversation: null });
    onChoose?.();
  }

  return (
    <ul className={styles.links}>
      {VIEWS.map((view) => {
        const Icon = ICONS[view];
        const count = counts?.[view];
        return (
          <li key={view} className={view === "closed" ? styles.away : undefined}>
            <a
              href={formatRoute({ view, conversation: null, contact: false })}
              aria-current={view === current ? "page" : undefined}
              onClick={(event) => choose(event, view)}
            >
              <Icon size={16} stroke={1.6} />
              {words.views[view]}
              {count !== undefined && count > 0 && <b className={view === "unassigned" ? styles.due : undefined}>{count}</b>}
            </a>
          </li>
        );
      })}
    </ul>
  );
}
