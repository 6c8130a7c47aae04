import type { ConversationRow } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import type { Mode } from "../../state/drafts";
import { words } from "../../words";
import styles from "./editor.module.css";

/** Says that the conversation has ended, and offers to open it again. */
export function Ended({ row, mode }: { row: ConversationRow; mode: Mode }) {
  const { busy, ask } = useAsk();
  return (
    <div className={styles.strip}>
      <span>
        <b>{words.editor.ended}</b> {mode === "reply" ? words.editor.replyKept : words.editor.commentStill}
      </span>
      <button
        type="button"
        className={styles.stripLink}
        disabled={busy}
        onClick={() => void ask({ type: "reopen_conversation", conversation_id: row.conversation_id })}
      >
        {words.thread.reopenShort}
      </button>
    </div>
  );
}
