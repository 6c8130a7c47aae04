import { useCallback, useEffect, useMemo, useRef } from "react";
import type { Thread } from "../../../protocol/messages";
import { isSaid } from "../../../protocol/thread";
import { useEarlier } from "../../hooks/earlier";
import { useThreadScroll } from "../../hooks/scroll";
import { useDesk } from "../../hooks/session";
import { lastOurs } from "../../state/delivery";
import { itemsOf, pickedIn } from "../../state/items";
import { of } from "../../state/outbox";
import { words } from "../../words";
import { Button } from "../parts/Button";
import { ItemView } from "./ItemView";
import { NewPill } from "./NewPill";
import styles from "./thread.module.css";
import { ThreadContext } from "./context";
import { TypingBubble } from "./TypingBubble";

interface Props {
  thread: Thread;
  onSeen(position: number): void;
}

/** Calls back whenever `count` has grown: what I have just said is to be seen. */
function useOnMore(count: number, then: () => void): void {
  const before = useRef(count);
  useEffect(() => {
    if (count > before.current) then();
    before.current = count;
  }, [count, then]);
}

/** Everything said and done, oldest first, loaded backwards as it is scrolled to. */
export function Messages({ thread, onSeen }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const seen = useRef(thread.position);
  const id = thread.conversation.conversation_id;
  const outbox = useDesk((desk) => desk.outbox);
  const me = useDesk((desk) => desk.me.account_id);
  const typing = useDesk((desk) => desk.signals.typing.get(id));
  const pending = useMemo(() => of(outbox, id), [outbox, id]);
  const items = useMemo(() => itemsOf(thread.entries, pending), [thread.entries, pending]);
  const context = useMemo(
    () => ({ thread, pending, picked: pickedIn(thread.entries), tellsState: lastOurs(items) }),
    [thread, pending, items],
  );
  const content = useMemo(() => [items, typing], [items, typing]);
  const older = useEarlier(thread);
  const { position } = thread;
  const onBottom = useCallback(() => {
    seen.current = position;
    onSeen(position);
  }, [position, onSeen]);
  const scroll = useThreadScroll(box, {
    oldest: thread.entries[0]?.position ?? 0,
    content,
    onTop: older.load,
    onBottom,
  });
  useOnMore(pending.length, scroll.toBottom);
  const news = scroll.atBottom
    ? 0
    : thread.entries.filter(({ position: at, event }) => at > seen.current && isSaid(event) && event.author.id !== me).length;

  return (
    <div className={styles.messagesFrame}>
      <div
        ref={box}
        className={styles.messages}
        role="log"
        aria-label={words.thread.log}
        tabIndex={0}
        onScroll={scroll.onScroll}
      >
        <div>
          {thread.earlier !== null && (
            <p className={styles.older}>
              {older.failed && <span role="alert">{words.thread.olderFailed}</span>}
              <Button look="quiet" onClick={older.load}>
                {words.thread.older}
              </Button>
            </p>
          )}
          <ThreadContext value={context}>
            {items.map((item) => (
              <ItemView key={item.key} item={item} />
            ))}
          </ThreadContext>
          <TypingBubble thread={thread} />
        </div>
      </div>
      {!scroll.atBottom && <NewPill count={news} onClick={scroll.toBottom} />}
    </div>
  );
}
