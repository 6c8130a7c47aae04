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
