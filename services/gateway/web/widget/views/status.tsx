import { isOffline, type Pending } from "../state/chat";
import { seenByTeam } from "../state/reading";
import type { Thread } from "../state/threads";
import { Icon } from "./icon";
import { useChat, useWidget } from "./widget";

/** Under the newest own message of the thread: sent, or read. */
export function SentStatus({ thread, position }: { thread: Thread; position: number }) {
  const { words } = useWidget();
  const seen = seenByTeam(thread, position);
  return <p class="st"><Icon name={seen ? "checks" : "check"} />{seen ? words.read : words.sent}</p>;
}

/** Under a message that is not in the thread yet. */
export function PendingStatus({ one }: { one: Pending }) {
  const { words, actions } = useWidget();
  const offline = isOffline(useChat());
  if (one.taken) return <p class="st"><Icon name="check" />{words.sent}</p>;
  if (!one.refused) return <p class="st"><Icon name="clock" />{offline ? words.later : words.sending}</p>;
  const ended = one.refused === "conversation_is_closed" || one.refused === "conversation_not_found";
  return (
    <button type="button" class="st failed" onClick={() => actions.retry(one.message_id)}>
      <Icon name="alert" />{ended ? words.failedEnded : words.failed}
    </button>
  );
}
