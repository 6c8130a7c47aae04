import {
  IconArrowBackUp,
  IconCheck,
  IconClockPause,
  IconMail,
  IconMailOff,
  IconTicket,
  IconTicketOff,
  IconUserMinus,
  IconUserPlus,
} from "@tabler/icons-react";
import type { Line } from "../../state/items";
import { clock } from "../../state/time";
import { words } from "../../words";
import styles from "./thread.module.css";
import { IconBot, IconChat } from "../parts/icons";
import { Why } from "./Why";

function iconOf(event: Line) {
  switch (event.type) {
    case "conversation_started":
      return IconChat;
    case "conversation_assigned":
      return IconUserPlus;
    case "conversation_unassigned":
      return IconUserMinus;
    case "conversation_handed_over":
      return IconBot;
    case "conversation_waiting":
      return IconClockPause;
    case "conversation_closed":
      return IconCheck;
    case "conversation_reopened":
      return IconArrowBackUp;
    case "ticket_created":
      return IconTicket;
    case "ticket_closed":
      return IconTicketOff;
    case "transcript_noted":
      return event.status === "failed" || event.status === "not_sent" ? IconMailOff : IconMail;
  }
}

/** Something that happened, as one thin line; where causes are known, a "why?" that tells them. */
export function EventLine({ event }: { event: Line }) {
  const Icon = iconOf(event);
  const causes = "why" in event ? event.why : [];
  const messageId = event.type === "transcript_noted" ? event.message_id : null;
  return (
    <p className={styles.event}>
      <span>
        <Icon size={13} stroke={2} />
        {words.lines(event, clock(event.at)).map((part, n) =>
          typeof part === "string" ? (
            part
          ) : (
            <b key={n}>
              <bdi>{part.strong}</bdi>
            </b>
          ),
        )}
      </span>{" "}
      {(causes.length > 0 || messageId) && <Why causes={causes} messageId={messageId} />}
    </p>
  );
}
