import { useEffect, useRef } from "preact/hooks";
import { isOffline, threadOf } from "../state/chat";
import { Composer } from "./composer";
import { Ended } from "./ended";
import { Header } from "./header";
import { Log } from "./log";
import { Past } from "./past";
import { useDrop } from "./drop";
import { useTrap } from "./trap";
import { useChat, useWidget } from "./widget";

/** The open chat. */
export function Card({ hidden }: { hidden: boolean }) {
  const chat = useChat();
  const { words, host } = useWidget();
  const card = useRef<HTMLDivElement>(null);
  const drop = useDrop();
  useTrap(card, () => host.tell({ type: "close" }));
  const ended = threadOf(chat)?.status === "closed";
  useEffect(() => {
    if (chat.open) focusIn(card.current);
  }, [chat.open, chat.list, chat.current, ended]);
  return (
    <div class="card" role="dialog" aria-label={words.chatWith(chat.appearance.company)} tabIndex={-1} hidden={hidden} ref={card} {...drop.handlers}>
      <Header />
      {isOffline(chat) && <p class="offline" role="status">{words.offline}</p>}
      {chat.list ? <Past /> : <Log card={card} />}
      {!chat.list && (ended ? <Ended /> : <Composer key={chat.before} />)}
      <p class="by">{words.by}</p>
      {drop.over && <div class="drop">{words.drop}</div>}
    </div>
  );
}

/** Into the text field; on a touch screen only into the card, where a field would call up the keyboard. */
function focusIn(card: HTMLElement | null): void {
  if (!document.hasFocus()) return;
  const coarse = matchMedia("(pointer: coarse)").matches;
  const field = coarse ? null : card?.querySelector<HTMLElement>("textarea");
  (field ?? card)?.focus({ preventScroll: true });
}
