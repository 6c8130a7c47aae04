import type { QuickReply } from "../../protocol/messages";
import { useWidget } from "./widget";

/** A bot's answers to choose from; what is chosen is said in the visitor's name. */
export function QuickReplies({ replies }: { replies: readonly QuickReply[] }) {
  const { actions } = useWidget();
  if (replies.length === 0) return null;
  return (
    <div class="quick">
      {replies.map(({ label, value }) => (
        <button type="button" key={value} onClick={() => actions.say(label, [])}>{label}</button>
      ))}
    </div>
  );
}
