import type { RefObject } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useDesk } from "../../hooks/session";
import { mayAct } from "../../state/desk";
import { words } from "../../words";
import { Box } from "./Box";
import styles from "./editor.module.css";

interface Props {
  row: ConversationRow;
  /** The newest position this screen has shown. */
  seen: RefObject<number>;
}

/** The thread's foot: where those who work here write. */
export function Composer({ row, seen }: Props) {
  const acts = useDesk(mayAct);
  return (
    <div className={styles.composer}>
      {acts ? <Box row={row} seen={seen} /> : <p className={styles.onlyLooking}>{words.editor.onlyLooking}</p>}
    </div>
  );
}
