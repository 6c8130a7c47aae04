import { IconLayoutSidebarRight } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { go } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { toggleContact, useUi } from "../../hooks/ui";
import { useRoom } from "../../hooks/wide";
import { mayAct } from "../../state/desk";
import { words } from "../../words";
import { IconButton } from "../parts/IconButton";
import { Assignee } from "./Assignee";
import { BackButton } from "./BackButton";
import { CloseButton } from "./CloseButton";
import { MoreMenu } from "./MoreMenu";
import styles from "./thread.module.css";

const say = words.thread;

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
          <CloseButton row={row} labelled={!room.phone} />
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
