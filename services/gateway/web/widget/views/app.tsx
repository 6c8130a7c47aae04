import { useEffect, useRef } from "preact/hooks";
import { peeked } from "../state/chat";
import { Card } from "./card";
import { Peek } from "./peek";
import { useChat } from "./widget";

/** The card, and in its place the newest message while the card is shut. */
export function App() {
  const chat = useChat();
  const peek = peeked(chat);
  return (
    <>
      <Card hidden={!chat.open && peek !== null} />
      {peek && <Peek message={peek.event} />}
    </>
  );
}

/** Tells `hear` how high the element would like to be, now and whenever that changes. */
export function useHeight(hear: (element: HTMLElement) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const observer = new ResizeObserver(() => latest.current(element));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return ref;
}
