import { Popover } from "@mantine/core";
import { IconChevronDown, IconUserPlus } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { useDesk } from "../../hooks/session";
import { setAssigning, useUi } from "../../hooks/ui";
import { mayAct } from "../../state/desk";
import { words } from "../../words";
import { PersonAvatar } from "../parts/PersonAvatar";
import styles from "./assign.module.css";
import { AssignList } from "./AssignList";

const say = words.thread;

/** Who owns the conversation; a click gives it to somebody else. */
export function Assignee({ row }: { row: ConversationRow }) {
  const acts = useDesk(mayAct);
  const changes = acts && row.status === "open";
  const opened = useUi((ui) => ui.assigning) && changes;
  const { assignee } = row;
  const name = assignee?.name ?? say.nobody;
  return (
    <Popover opened={opened} onChange={setAssigning} position="bottom-start" width={280} trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={styles.assignee}
          disabled={!changes}
          onClick={() => setAssigning(!opened)}
        >
          {assignee ? (
            <PersonAvatar id={assignee.id} name={assignee.name} size={24} />
          ) : (
            <span className={styles.nobody}>
              <IconUserPlus size={14} stroke={1.8} />
            </span>
          )}
          <span>
            <small>{say.assignee}</small> <bdi>{name}</bdi>
          </span>
          {changes && <IconChevronDown size={16} stroke={1.6} aria-hidden="true" />}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.assign} aria-labelledby={undefined}>
        <AssignList row={row} onDone={() => setAssigning(false)} />
      </Popover.Dropdown>
    </Popover>
  );
}
