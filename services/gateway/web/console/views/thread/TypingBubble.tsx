import type { Thread } from "../../../protocol/messages";
import { useDesk } from "../../hooks/session";
import { firstName } from "../../state/people";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import { Hidden } from "../parts/Hidden";
import styles from "./thread.module.css";

/** Three dots while the visitor types. */
export function TypingBubble({ thread }: { thread: Thread }) {
  const { conversation, contact } = thread;
  const typing = useDesk((desk) =>
    desk.signals.typing.get(conversation.conversation_id)?.some((writer) => writer.kind === "visitor"),
  );
  if (!typing) return null;
  return (
    <div className={`${styles.group} ${styles.them} ${styles.typing}`}>
      <Avatar id={contact.contact_id} name={contact.name} size={24} />
      <div className={styles.bubble}>
        <Hidden>{words.thread.isTyping(firstName(contact.name))}</Hidden>
        <i />
        <i />
        <i />
      </div>
    </div>
  );
}
