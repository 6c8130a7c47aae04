import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { useSettled } from "../../hooks/settled";
import { words } from "../../words";
import { Button } from "../parts/Button";

const say = words.thread;

/** A second click within this time was meant for the button that stood here before (ms). */
const SECOND_CLICK = 1000;

interface Props {
  row: ConversationRow;
  /** Whether there is room for a word beside the icon. */
  labelled: boolean;
}

/** Ends the conversation, its open ticket with it; opens one again that has ended. */
export function CloseButton({ row, labelled }: Props) {
  const { busy, ask } = useAsk();
  const { conversation_id, status, ticket_open } = row;
  const disabled = !useSettled(status, SECOND_CLICK) || busy;
  if (status === "closed") {
    return (
      <Button
        key="reopen"
        aria-label={say.reopen}
        disabled={disabled}
        onClick={() => void ask({ type: "reopen_conversation", conversation_id })}
      >
        <IconArrowBackUp size={16} stroke={1.6} aria-hidden="true" />
        {labelled && say.reopenShort}
      </Button>
    );
  }
  return (
    <Button
      key="close"
      look="ok"
      aria-label={ticket_open ? say.closeBoth : say.close}
      disabled={disabled}
      title={ticket_open ? say.closeBoth : undefined}
      onClick={() => void ask({ type: "close_conversation", conversation_id, with_ticket: ticket_open })}
    >
      <IconCheck size={16} stroke={1.6} aria-hidden="true" />
      {labelled && say.closeShort}
    </Button>
  );
}
