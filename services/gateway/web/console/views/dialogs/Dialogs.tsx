import { Modal } from "@mantine/core";
import { lazy, Suspense, useLayoutEffect } from "react";
import { useRoute } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { leaveConversation, openDialog, setAssigning, useUi } from "../../hooks/ui";
import { useRoom } from "../../hooks/wide";
import { threadOf } from "../../state/inbox";
import { words } from "../../words";
import { Guard } from "../parts/Guard";
import { AssignList } from "../thread/AssignList";
import { KeysDialog } from "./KeysDialog";

const palette = () => import("./Palette");
const ticketDialog = () => import("./TicketDialog");
const transcriptDialog = () => import("./TranscriptDialog");

const Palette = lazy(palette);
const TicketDialog = lazy(ticketDialog);
const TranscriptDialog = lazy(transcriptDialog);

/** Fetches the code of all dialogs, so that they open at once, and also when the connection is lost. */
export const fetchDialogs = () => void Promise.allSettled([palette(), ticketDialog(), transcriptDialog()]);

/** Whatever is open in front of the panes. */
export function Dialogs() {
  const dialog = useUi((ui) => ui.dialog);
  const assigning = useUi((ui) => ui.assigning);
  const { phone } = useRoom();
  const { conversation } = useRoute();
  const thread = useDesk((desk) => (conversation ? threadOf(desk.inbox, conversation) : undefined));
  const close = () => openDialog(null);
  // What was begun over one conversation must not end in another; before the screen shows it.
  useLayoutEffect(() => leaveConversation, [conversation]);
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
      <Guard
        key={dialog}
        within={(message) => (
          <Modal opened onClose={close} closeButtonProps={{ "aria-label": words.close }}>
            {message}
          </Modal>
        )}
      >
        <Suspense>
          {dialog === "palette" && <Palette onClose={close} />}
          {dialog === "ticket" && thread && <TicketDialog key={conversation} thread={thread} onClose={close} />}
          {dialog === "transcript" && thread && <TranscriptDialog key={conversation} thread={thread} onClose={close} />}
        </Suspense>
      </Guard>
    </>
  );
}
