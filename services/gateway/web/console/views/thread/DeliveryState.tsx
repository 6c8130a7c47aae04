import { IconAlertCircle, IconCheck, IconChecks, IconClock } from "@tabler/icons-react";
import type { Bubble } from "../../../protocol/timeline";
import { useDesk, useSession } from "../../hooks/session";
import { write } from "../../hooks/ui";
import { deliveryOf } from "../../state/delivery";
import { isOnline } from "../../state/desk";
import { modeOf, type Pending } from "../../state/outbox";
import { clock } from "../../state/time";
import { words } from "../../words";
import { useAround } from "./context";
import styles from "./thread.module.css";

const say = words.thread;
const SMALL = { size: 13, stroke: 2, "aria-hidden": true } as const;

/** What became of our newest message; one that was refused says why and can be sent again or changed. */
export function DeliveryState({ bubble }: { bubble: Bubble }) {
  const { thread, pending } = useAround();
  const { sending } = useSession();
  const online = useDesk(isOnline);
  const unsent = pending.find((one) => one.ask.message_id === bubble.event.message_id);
  const state = deliveryOf(bubble.position, unsent, thread.entries, thread.conversation.visitor_read, online);

  function takeBack(failed: Pending) {
    sending.takeBack(failed.ask.command_id);
    write(failed.ask.conversation_id, modeOf(failed));
  }

  switch (state.kind) {
    case "waiting":
      return (
        <p className={styles.state}>
          <IconClock {...SMALL} />
          {say.waiting}
        </p>
      );
    case "sending":
      return (
        <p className={styles.state}>
          <IconClock {...SMALL} />
          {say.sending}
        </p>
      );
    case "sent":
      return (
        <p className={styles.state}>
          <IconCheck {...SMALL} />
          {say.sent}
        </p>
      );
    case "read":
      return (
        <p className={styles.state}>
          <IconChecks {...SMALL} />
          {say.read(state.at && clock(state.at))}
        </p>
      );
    case "failed":
      return (
        <p className={`${styles.state} ${styles.failed}`} role="alert">
          <IconAlertCircle {...SMALL} />
          {say.failedToSend(state.reason)}
          <button type="button" onClick={() => unsent && sending.retry(unsent.ask.command_id)}>
            {say.retry}
          </button>
          <button type="button" onClick={() => unsent && takeBack(unsent)}>
            {say.takeBack}
          </button>
        </p>
      );
  }
}
