import { IconTicket } from "@tabler/icons-react";
import type { Entry } from "../../../protocol/messages";
import { words } from "../../words";
import styles from "./contact.module.css";

/** The conversation's ticket: what it is about, and whether it is still to be worked on. */
export function TicketCard({ open, entries }: { open: boolean; entries: readonly Entry[] }) {
  const created = entries.map(({ event }) => event).find((event) => event.type === "ticket_created");
  return (
    <div className={styles.ticket}>
      <span>
        <IconTicket size={16} stroke={1.6} aria-hidden="true" />
        {open ? words.contact.ticketOpen : words.contact.ticketClosed}
      </span>
      {created && (
        <strong>
          <bdi>{created.title}</bdi>
        </strong>
      )}
    </div>
  );
}
