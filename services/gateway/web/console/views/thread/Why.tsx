import { Popover } from "@mantine/core";
import { useState } from "react";
import type { Cause } from "../../../protocol/messages";
import { clock } from "../../state/time";
import { words } from "../../words";
import styles from "./why.module.css";

const say = words.thread;

interface Props {
  causes: readonly Cause[];
  messageId: string | null;
}

/** The chain of causes, newest last, the deciding one in bold. */
export function Why({ causes, messageId }: Props) {
  const [opened, setOpened] = useState(false);
  const label = causes.length > 0 ? say.whyTitle : say.details;
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" width={264} trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles.why} onClick={() => setOpened(!opened)}>
          {causes.length > 0 ? say.why : say.details}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label={label} aria-labelledby={undefined}>
        <h2 tabIndex={-1} data-autofocus>
          {label}
        </h2>
        <ol className={styles.causes}>
          {causes.map((cause, n) => (
            <li key={n} className={cause.deciding ? styles.deciding : undefined}>
              <span>{cause.text}</span>
              {cause.at && <time dateTime={cause.at}>{clock(cause.at)}</time>}
            </li>
          ))}
        </ol>
        {messageId && (
          <p className={styles.messageId}>
            {say.messageId} <code>{messageId}</code>
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
