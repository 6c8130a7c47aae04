import type { QuickReply } from "../../protocol/messages";
import { useWidget } from "./widget";

/** A bot's answers to choose from; what is chosen is said in the visitor's name. */
export function QuickReplies({ replies }: { replies: readonly QuickReply[] }) {
  const { actions } = useWidget();
  if (replies.length === 0) return null;
  return (
    <div class="quick">
      {replies.map((reply) => (
        <button type="button" key={reply.value} onClick={() => actions.choose(reply)}>{reply.label}</button>
      ))}
    </div>
  );
}
