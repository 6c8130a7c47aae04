import { IconClock, IconTicket } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { firstName } from "../../state/people";
import { rowState } from "../../state/rows";
import { ago } from "../../state/time";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import control from "../parts/control.module.css";
import { Avatar } from "../parts/Avatar";
import { PersonAvatar } from "../parts/PersonAvatar";
import styles from "./list.module.css";

const say = words.list;

function State({ row, now }: { row: ConversationRow; now: number }) {
  const state = rowState(row);
  switch (state.kind) {
    case "waiting_for_us":
      return (
        <span className={styles.wait} title={row.waiting_reason ?? undefined}>
          <IconClock size={13} stroke={2} aria-hidden="true" />
          {say.waitingForUs(ago(state.since, now))}
        </span>
      );
    case "with_bot":
      return <span className={styles.quiet}>{say.withBot(state.bot)}</span>;
    case "waiting_for_them":
      return <span className={styles.quiet}>{say.waitingFor(firstName(row.contact_name))}</span>;
    case "closed":
      return <span className={styles.quiet}>{say.closed}</span>;
    case "quiet":
      return null;
  }
}

function Owner({ row }: { row: ConversationRow }) {
  const { assignee, bot } = row;
  if (assignee)
    return (
      <>
        <PersonAvatar id={assignee.id} name={assignee.name} size={16} />
        <Hidden>{say.assignedTo(assignee.name)}</Hidden>
      </>
    );
  if (bot) return <Avatar id={bot.id} name={bot.name} size={16} src={`/avatars/${bot.id}.svg`} />;
  return <span className={styles.nobody} role="img" aria-label={say.unassigned} title={row.waiting_reason ?? say.unassigned} />;
}

/** Why the row is here: one state, its ticket, and who owns it. */
export function RowMeta({ row, now }: { row: ConversationRow; now: number }) {
  return (
    <span className={styles.meta}>
      <State row={row} now={now} />
      {row.ticket_id && (
        <span className={control.tag}>
          <IconTicket size={13} stroke={2} aria-hidden="true" />
          {say.ticket}
        </span>
      )}
      <span className={styles.grow} />
      <Owner row={row} />
    </span>
  );
}
