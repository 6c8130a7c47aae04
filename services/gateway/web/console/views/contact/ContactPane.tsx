import { Drawer } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { Refusal } from "../../../protocol/refusal";
import { back, useRoute } from "../../hooks/route";
import { type Opened, useThread } from "../../hooks/thread";
import { useRoom } from "../../hooks/wide";
import { words } from "../../words";
import { Failed } from "../parts/Failed";
import { IconButton } from "../parts/IconButton";
import overlay from "../parts/overlay.module.css";
import styles from "./contact.module.css";
import { ContactBody } from "./ContactBody";
import { ContactSkeleton } from "./ContactSkeleton";

/** Who the conversation is with: a pane where there is room, else a drawer that the back button closes. */
export function ContactPane({ id, beside }: { id: string; beside: boolean }) {
  const { contact } = useRoute();
  const { phone, contact: fits } = useRoom();
  const opened = useThread(id);
  const close = () => back({ contact: false });
  if (beside)
    return (
      <aside className={styles.contact} aria-label={words.contact.label}>
        <Body {...opened} />
      </aside>
    );
  return (
    <Drawer.Root
      opened={contact && !fits}
      onClose={close}
      position="right"
      size={phone ? "100%" : 340}
      lockScroll={false}
      classNames={{ content: overlay.drawer, body: overlay.drawerBody }}
    >
      <Drawer.Overlay className={overlay.veil} />
      <Drawer.Content aria-label={words.contact.label}>
        <Drawer.Body>
          <aside className={styles.contact} aria-label={words.contact.label}>
            <div className={styles.close}>
              <IconButton label={words.close} onClick={close}>
                <IconX size={18} stroke={1.6} />
              </IconButton>
            </div>
            <Body {...opened} />
          </aside>
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Body({ thread, error, retry }: Opened) {
  if (thread) return <ContactBody thread={thread} />;
  if (error instanceof Refusal && error.missing) return null;
  return error ? <Failed title={words.contact.failed} error={error} onRetry={retry} /> : <ContactSkeleton />;
}
