import { IconLock, IconPencil } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { write } from "../../hooks/ui";
import { type Mode, MODES } from "../../state/drafts";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import { IconChat } from "../parts/icons";
import styles from "./editor.module.css";
import { useIsKept } from "./useKept";

const say = words.editor;

interface Props {
  row: ConversationRow;
  mode: Mode;
}

/** Reply or comment; the channel a reply goes out by. An ended conversation takes comments only, and shows a reply that is kept. */
export function ModeTabs({ row: { conversation_id: id, status }, mode }: Props) {
  const other = mode === "reply" ? "comment" : "reply";
  const otherIsKept = useIsKept(id, other);
  const modes: readonly Mode[] = status === "closed" && mode === "comment" && !otherIsKept ? ["comment"] : MODES;

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    if (modes.includes(other)) write(id, other);
  }

  return (
    <div className={styles.tabs}>
      <div role="tablist" aria-label={say.kind} onKeyDown={onKeyDown}>
        {modes.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            aria-selected={one === mode}
            tabIndex={one === mode ? 0 : -1}
            onClick={() => write(id, one)}
          >
            {one === "comment" && <IconLock size={13} stroke={2} aria-hidden="true" />}
            {say[one]}
            {one === other && otherIsKept && <Unsent />}
          </button>
        ))}
      </div>
      <span className={styles.grow} />
      {mode === "reply" && (
        <span className={styles.channel}>
          <IconChat size={16} stroke={1.6} />
          {say.chat}
        </span>
      )}
    </div>
  );
}

/** Words wait behind this tab. */
function Unsent() {
  return (
    <span className={styles.unsent} title={say.unsent}>
      <IconPencil size={13} stroke={2} aria-hidden="true" />
      <Hidden>{say.unsent}</Hidden>
    </span>
  );
}
