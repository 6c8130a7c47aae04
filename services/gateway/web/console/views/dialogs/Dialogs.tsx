import { Modal } from "@mantine/core";
import { lazy, Suspense } from "react";
import { useRoute } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { openDialog, setAssigning, useUi } from "../../hooks/ui";
import { useRoom } from "../../hooks/wide";
import { words } from "../../words";
import { AssignList } from "../thread/AssignList";
import { KeysDialog } from "./KeysDialog";

const Palette = lazy(() => import("./Palette"));
const TicketDialog = lazy(() => import("./TicketDialog"));
const TranscriptDialog = lazy(() => import("./TranscriptDialog"));

/** Whatever is open in front of the panes. */
export function Dialogs({ onSignedOut }: { onSignedOut(): void }) {
  const dialog = useUi((ui) => ui.dialog);
  const assigning = useUi((ui) => ui.assigning);
  const { phone } = useRoom();
  const { conversation } = useRoute();
  const thread = useDesk((desk) => (conversation ? desk.inbox.threads.get(conversation) : undefined));
  const close = () => openDialog(null);
  return (
    <>
      <Modal
        opened={dialog === "keys"}
        onClose={close}
        title={words.keys.title}
        closeButtonProps={{ "aria-label": words.close }}
      >
        <KeysDialog />
      </Modal>
      {phone && thread && (
        <Modal
          opened={assigning}
          onClose={() => setAssigning(false)}
          title={words.thread.assign}
          closeButtonProps={{ "aria-label": words.close }}
        >
          <AssignList row={thread.conversation} onDone={() => setAssigning(false)} />
        </Modal>
      )}
      <Suspense>
        {dialog === "palette" && <Palette onClose={close} onSignedOut={onSignedOut} />}
        {dialog === "ticket" && thread && <TicketDialog thread={thread} onClose={close} />}
        {dialog === "transcript" && thread && <TranscriptDialog thread={thread} onClose={close} />}
      </Suspense>
    </>
  );
}
