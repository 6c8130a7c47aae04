import type { RefObject } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import { sendNow, write } from "../../hooks/ui";
import type { Stale } from "../../state/desk";
import { firstName } from "../../state/people";
import { words } from "../../words";
import { Button } from "../parts/Button";
import styles from "./editor.module.css";

const say = words.editor;

interface Props {
  row: ConversationRow;
  stale: Stale;
  seen: RefObject<number>;
}

/** Something newer arrived while a reply was written: what it says, before the reply goes out. */
export function StaleStrip({ row, stale, seen }: Props) {
  const { sending, desk } = useSession();
  const { conversation_id: id } = row;

  function readFirst() {
    seen.current = Math.max(seen.current, desk.get().inbox.threads.get(id)?.position ?? 0);
    sending.unstale(id);
    write(id, "reply");
  }

  return (
    <div className={styles.stale} role="alert">
      <p>
        {say.staleTitle(firstName(stale.newer?.name ?? row.contact_name))}
        {stale.newer && (
          <q>
            <bdi>{stale.newer.text}</bdi>
          </q>
        )}
      </p>
      <Button size="small" onClick={() => sendNow(stale.pending.thenClose)}>
        {say.sendAnyway}
      </Button>
      <Button size="small" look="brand" onClick={readFirst}>
        {say.readFirst}
      </Button>
    </div>
  );
}
