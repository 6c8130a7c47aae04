import { IconLock } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import { write } from "../../hooks/ui";
import type { Mode } from "../../state/drafts";
import { words } from "../../words";
import { IconChat } from "../parts/icons";
import styles from "./editor.module.css";

const say = words.editor;

/** Reply or comment; the channel a reply goes out by. */
export function ModeTabs({ mode, modes }: { mode: Mode; modes: readonly Mode[] }) {
  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const next = modes.find((one) => one !== mode);
    if (next) write(next);
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
            onClick={() => write(one)}
          >
            {one === "comment" && <IconLock size={13} stroke={2} aria-hidden="true" />}
            {say[one]}
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
