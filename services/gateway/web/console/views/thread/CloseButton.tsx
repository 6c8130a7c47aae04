import { IconArrowBackUp, IconCheck } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { words } from "../../words";
import { Button } from "../parts/Button";

const say = words.thread;

interface Props {
  row: ConversationRow;
  /** Whether there is room for a word beside the icon. */
  labelled: boolean;
}

/** Ends the conversation, its open ticket with it; opens one again that has ended. */
export function CloseButton({ row, labelled }: Props) {
  const { busy, ask } = useAsk();
  const { conversation_id, status, ticket_open } = row;
  if (status === "closed") {
    return (
      <Button
        aria-label={say.reopen}
        disabled={busy}
        onClick={() => void ask({ type: "reopen_conversation", conversation_id })}
      >
        <IconArrowBackUp size={16} stroke={1.6} aria-hidden="true" />
        {labelled && say.reopenShort}
      </Button>
    );
  }
  return (
    <Button
      look="ok"
      aria-label={ticket_open ? say.closeBoth : say.close}
      disabled={busy}
      title={ticket_open ? say.closeBoth : undefined}
      onClick={() => void ask({ type: "close_conversation", conversation_id, with_ticket: ticket_open })}
    >
      <IconCheck size={16} stroke={1.6} aria-hidden="true" />
      {labelled && say.closeShort}
    </Button>
  );
}
