import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { dayName } from "../../protocol/time";
import { timelineOf, type Item } from "../../protocol/timeline";
import { onTheirWay, threadOf } from "../state/chat";
import { awaited, quickRepliesOf } from "../state/reading";
import { GreetingGroup, Group, PendingGroup, Typing } from "./group";
import { useHeight } from "./height";
import { Line, showsLine } from "./line";
import { QuickReplies } from "./quick";
import { useChat, useWidget } from "./widget";

const NEAR = 60;

/** The messages, newest at the foot. It stays at the foot unless the reader has scrolled up. */
export function Log({ card }: { card: RefObject<HTMLElement | null> }) {
  const chat = useChat();
  const { words, host } = useWidget();
  const log = useRef<HTMLDivElement>(null);
  const [away, setAway] = useState(false);
  const thread = threadOf(chat);
  const pending = onTheirWay(chat);
  const written = pending.at(-1)?.message_id;
  const newest = thread?.entries.at(-1)?.position ?? 0;

  const fit = (inner: HTMLElement) => {
    if (!log.current || !card.current) return;
    const around = card.current.offsetHeight - log.current.clientHeight;
    host.tell({ type: "card", height: around + inner.offsetHeight });
  };
  const inner = useHeight((element) => {
    fit(element);
    if (!away) toFoot();
  });
  const toFoot = () => log.current?.scrollTo({ top: log.current.scrollHeight });

  useLayoutEffect(() => {
    if (!away) toFoot();
  }, [newest, chat.typist, chat.open]);
  const follow = () => {
    setAway(false);
    toFoot();
  };
  useEffect(follow, [chat.current]);
  useEffect(() => {
    if (written) follow();
  }, [written]);

  const onScroll = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: { currentTarget: HTMLElement }) =>
    setAway(scrollHeight - scrollTop - clientHeight > NEAR);

  return (
    <div class="scroll">
      <div class="log" role="log" aria-label={words.messages} aria-live="polite" tabIndex={0} ref={log} onScroll={onScroll}>
        <div class="inner" ref={inner}><Messages /></div>
      </div>
      {away && <button type="button" class="newer" onClick={follow}>{words.newer}</button>}
    </div>
  );
}

function Messages() {
  const chat = useChat();
  const { words, actions } = useWidget();
  const thread = threadOf(chat);
  const pending = onTheirWay(chat);
  const items = timelineOf(thread?.entries ?? [], showsLine);
  const typist = chat.typist?.conversation_id === chat.current ? chat.typist : null;
  return (
    <>
      {thread?.earlier && <button type="button" class="earlier" onClick={() => void actions.earlier()}>{words.earlier}</button>}
      {items.length === 0 && chat.loaded && <><p class="day">{dayName(new Date().toISOString(), Date.now(), chat.locale)}</p><GreetingGroup /></>}
      {items.map((item, at) => {
        if (item.kind === "day") return <p class="day" key={item.key}>{dayName(item.at, Date.now(), chat.locale)}</p>;
        if (item.kind === "event") return <Line entry={item.entry} entries={thread!.entries} key={item.key} />;
        return <Group group={item} known={introduced(items.slice(0, at), item.author.id)} thread={thread!} settled={pending.length === 0} key={item.key} />;
      })}
      <PendingGroup pending={pending} />
      {thread && pending.length === 0 && <QuickReplies replies={quickRepliesOf(thread)} />}
      {thread && awaited(thread) === "away" && <p class="note" role="status">{words.away}</p>}
      {typist && <Typing typist={typist} />}
    </>
  );
}

/** Whether the last one who spoke to the visitor, or joined, was this person. */
function introduced(before: Item[], id: string): boolean {
  for (const item of before.toReversed()) {
    if (item.kind === "group" && item.author.kind !== "visitor") return item.author.id === id;
    if (item.kind === "event" && item.entry.event.type === "conversation_assigned") return item.entry.event.assignee.id === id;
  }
  return false;
}
