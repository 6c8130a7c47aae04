import { useEffect, useRef } from "preact/hooks";
import { useWidget } from "./widget";

const EMOJI = [..."🙂😀😂😊😍😉😎🤔🙄😕😢😡👍👎👏🙏💪👋🤝❤🔥🎉🌟✅❌❓💡📷📦🚲🛒💶📅⏰🏠🚗☕🌧🌞🎁"];

/** A small choice of emoji; Escape or another press of the button closes it. */
export function Emoji({ pick, close }: { pick: (emoji: string) => void; close: () => void }) {
  const { words } = useWidget();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.querySelector("button")?.focus(), []);
  return (
    <div
      class="emoji" role="group" aria-label={words.emoji} ref={box}
      onKeyDown={(event) => { if (event.key === "Escape") { event.preventDefault(); close(); } }}
    >
      {EMOJI.map((emoji) => <button type="button" key={emoji} onClick={() => pick(emoji)}>{emoji}</button>)}
    </div>
  );
}
