import { Menu } from "@mantine/core";
import { IconCheck, IconDots, IconMail, IconTicket, IconUserPlus } from "@tabler/icons-react";
import type { ConversationRow } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { openDialog, setAssigning } from "../../hooks/ui";
import { words } from "../../words";
import { IconButton } from "../parts/IconButton";

const say = words.thread;
const ICON = { size: 16, stroke: 1.6 } as const;

/** What is wanted less often. Not there when there is nothing in it. */
export function MoreMenu({ row, withAssign }: { row: ConversationRow; withAssign: boolean }) {
  const canMail = row.status === "closed";
  const canTicket = row.ticket_id === null;
  const canSplit = row.status === "open" && row.ticket_open;
  const { ask } = useAsk();
  if (!canMail && !canTicket && !canSplit && !withAssign) return null;
  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <IconButton label={say.more}>
          <IconDots size={18} stroke={1.6} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {withAssign && (
          <Menu.Item leftSection={<IconUserPlus {...ICON} />} onClick={() => setAssigning(true)}>
            {say.assign}
          </Menu.Item>
        )}
        {canSplit && (
          <Menu.Item
            leftSection={<IconCheck {...ICON} />}
            onClick={() => void ask({ type: "close_conversation", conversation_id: row.conversation_id })}
          >
            {say.closeOnly}
          </Menu.Item>
        )}
        {canMail && (
          <Menu.Item leftSection={<IconMail {...ICON} />} onClick={() => openDialog("transcript")}>
            {say.transcript}
          </Menu.Item>
        )}
        {canTicket && (
          <Menu.Item leftSection={<IconTicket {...ICON} />} onClick={() => openDialog("ticket")}>
            {say.ticket}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
