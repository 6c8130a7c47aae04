import { IconArrowBackUp, IconCheck, IconChevronLeft, IconLayoutSidebarRight } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { back, go, useRoute } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { toggleContact, useUi } from "../../hooks/ui";
import { useRoom } from "../../hooks/wide";
import { mayAct } from "../../state/desk";
import { words } from "../../words";
import { Button } from "../parts/Button";
import { IconButton } from "../parts/IconButton";
import { Assignee } from "./Assignee";
import { MoreMenu } from "./MoreMenu";
import styles from "./thread.module.css";

const say = words.thread;

function CloseButton({ row, words: withWords }: { row: ConversationRow; words: boolean }) {
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
        {withWords && say.reopenShort}
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
      {withWords && say.closeShort}
    </Button>
  );
}

function BackButton() {
  const { view } = useRoute();
  return (
    <IconButton label={say.back} onClick={() => back({ view, conversation: null })}>
      <IconChevronLeft size={20} stroke={1.6} />
    </IconButton>
  );
}

/** While nothing is known of the conversation: on a phone, the way back to the list. */
export function UnknownHead() {
  const { phone } = useRoom();
  return phone ? (
    <header className={styles.head}>
      <BackButton />
    </header>
  ) : null;
}

/** Who owns the conversation and what can be done with it. */
export function ThreadHead({ row }: { row: ConversationRow }) {
  const room = useRoom();
  const acts = useDesk(mayAct);
  const contactHidden = useUi((ui) => ui.contactHidden);
  const shown = room.contact && !contactHidden;
  return (
    <header className={styles.head}>
      {room.phone ? (
        <>
          <BackButton />
          <button type="button" className={styles.who} onClick={() => go({ contact: true })}>
            <strong>
              <bdi>{row.contact_name}</bdi>
            </strong>
            <span>{row.assignee ? words.list.assignedTo(row.assignee.name) : words.list.unassigned}</span>
          </button>
        </>
      ) : (
        <Assignee row={row} />
      )}
      <span className={styles.grow} />
      {acts && (
        <>
          <MoreMenu row={row} withAssign={room.phone && row.status === "open"} />
          <CloseButton row={row} words={!room.phone} />
        </>
      )}
      {!room.phone && (
        <IconButton
          label={shown ? say.hideContact : say.showContact}
          aria-pressed={shown}
          onClick={() => (room.contact ? toggleContact() : go({ contact: true }))}
        >
          <IconLayoutSidebarRight size={18} stroke={1.6} />
        </IconButton>
      )}
    </header>
  );
}
