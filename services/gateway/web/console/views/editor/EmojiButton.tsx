import { Popover } from "@mantine/core";
import { IconMoodSmile } from "@tabler/icons-react";
import { type KeyboardEvent, useState } from "react";
import { words } from "../../words";
import { IconButton } from "../parts/IconButton";
import styles from "./editor.module.css";

const EMOJI = [
  ..."😀😄😁😅😂🙂😉😊😍😘😎🤔🤗🙄😬😴😢😭😡🥳👍👎👏🙏💪👋👌✌️🤝❤️💔✨🎉🔥⭐✅❌❓❗⚠️💡📎📦🚚🛠️🚲⏰📅📞✉️".matchAll(
    /\p{Emoji}\uFE0F?/gu,
  ),
].map(([emoji]) => emoji);
const COLUMNS = 8;
const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };

function move(event: KeyboardEvent<HTMLDivElement>) {
  const step = STEPS[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  buttons[buttons.indexOf(document.activeElement as HTMLButtonElement) + step]?.focus();
}

/** A small choice of emoji; arrows move in the grid. */
export function EmojiButton({ onChoose }: { onChoose(emoji: string): void }) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus>
      <Popover.Target>
        <IconButton label={words.editor.emoji} onClick={() => setOpened(!opened)}>
          <IconMoodSmile size={17} stroke={1.6} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={words.editor.emoji} aria-labelledby={undefined}>
        <div className={styles.emoji} onKeyDown={move}>
          {EMOJI.map((emoji) => (
            <button key={emoji} type="button" onClick={() => (onChoose(emoji), setOpened(false))}>
              {emoji}
            </button>
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
