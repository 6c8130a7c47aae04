import { threadOf } from "../state/chat";
import { copyTo } from "../state/reading";
import { useChat, useWidget } from "./widget";

/** In the composer's place once the conversation has ended. */
export function Ended() {
  const chat = useChat();
  const { words, actions } = useWidget();
  const thread = threadOf(chat);
  const address = thread && copyTo(thread);
  return (
    <>
      <p class="over" role="status">
        <b>{words.ended}</b>
        {address && <span>{words.copy(address)}</span>}
      </p>
      <div class="again">
        <button type="button" onClick={() => actions.show(null)}>{words.startNew}</button>
      </div>
    </>
  );
}
