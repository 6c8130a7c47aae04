import { shortTime } from "../../protocol/time";
import { messagesOf, speakerOf, unreadOf } from "../state/reading";
import type { Thread } from "../state/threads";
import { Face } from "./face";
import { useChat, useWidget } from "./widget";

/** The visitor's conversations, newest first, and the way to a new one. */
export function Past() {
  const { threads } = useChat();
  const { words, actions } = useWidget();
  const sorted = threads.toSorted((a, b) => b.activity_at.localeCompare(a.activity_at));
  const running = sorted.some(({ status }) => status === "open");
  return (
    <>
      <ul class="past" aria-label={words.past}>
        {sorted.map((thread) => <li key={thread.conversation_id}><Row thread={thread} /></li>)}
      </ul>
      {!running && <div class="again"><button type="button" onClick={() => actions.show(null)}>{words.startNew}</button></div>}
    </>
  );
}

function Row({ thread }: { thread: Thread }) {
  const { locale, team, greeting } = useChat();
  const { words, actions } = useWidget();
  const speaker = speakerOf(thread.entries);
  const newest = messagesOf(thread.entries).at(-1)?.event;
  const unread = unreadOf(thread).length;
  const face = speaker.kind === "team" ? (team[0]?.id ?? greeting.bot?.id ?? thread.conversation_id) : speaker.id;
  return (
    <button type="button" class={unread ? "row unread" : "row"} onClick={() => actions.show(thread.conversation_id)}>
      <Face id={face} />
      <span class="what">
        <b>{speaker.kind === "team" ? words.team : speaker.name}</b>
        <span class="preview">{newest && (newest.content.text || words.file(newest.content.attachments.length))}</span>
      </span>
      <span class="when">
        <time dateTime={thread.activity_at}>{shortTime(thread.activity_at, Date.now(), locale)}</time>
        {unread ? <b class="count">{unread}</b> : thread.status === "open" && <small>{words.open}</small>}
      </span>
    </button>
  );
}
