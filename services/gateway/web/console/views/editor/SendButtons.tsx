import { Menu } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import type { Mode } from "../../state/drafts";
import { words } from "../../words";
import { Button } from "../parts/Button";
import { modifier } from "../parts/modifier";
import styles from "./editor.module.css";

const say = words.editor;

interface Props {
  mode: Mode;
  disabled: boolean;
  onSend(thenClose: boolean): void;
}

/** The one main button of the pane; behind the arrow, other ways to send. */
export function SendButtons({ mode, disabled, onSend }: Props) {
  const name = mode === "reply" ? say.send : say.addComment;
  return (
    <span className={styles.split}>
      <Button look="brand" aria-keyshortcuts="Control+Enter Meta+Enter" disabled={disabled} onClick={() => onSend(false)}>
        {name}
        <kbd aria-hidden="true">{modifier === "⌘" ? "⌘⏎" : "Ctrl ⏎"}</kbd>
      </Button>
      {mode === "reply" && (
        <Menu position="top-end" width={184}>
          <Menu.Target>
            <Button look="brand" aria-label={say.moreWays} disabled={disabled}>
              <IconChevronDown size={16} stroke={1.6} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconCheck size={16} stroke={1.6} />} onClick={() => onSend(true)}>
              {say.sendAndClose}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  );
}
