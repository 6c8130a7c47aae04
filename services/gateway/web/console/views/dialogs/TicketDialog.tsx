import { Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { newId } from "../../../protocol/ids";
import type { Thread } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { titleFrom } from "../../state/items";
import { words } from "../../words";
import { Button } from "../parts/Button";
import control from "../parts/control.module.css";

const say = words.ticket;

/** Opens the conversation's one ticket. */
export default function TicketDialog({ thread, onClose }: { thread: Thread; onClose(): void }) {
  const [title, setTitle] = useState(() => titleFrom(thread.entries));
  const [missing, setMissing] = useState(false);
  const [ticketId] = useState(() => newId());
  const { busy, ask } = useAsk();

  async function create(event: FormEvent) {
    event.preventDefault();
    if (!title.trim()) return setMissing(true);
    const { conversation_id } = thread.conversation;
    if (await ask({ type: "create_ticket", conversation_id, ticket_id: ticketId, title: title.trim() })) onClose();
  }

  return (
    <Modal opened onClose={onClose} title={say.title} closeButtonProps={{ "aria-label": words.close }}>
      <form className={control.form} onSubmit={create} noValidate>
        <label className={control.field}>
          <span className={control.label}>{say.name}</span>
          <input
            className={control.input}
            value={title}
            maxLength={120}
            data-autofocus
            aria-invalid={missing}
            onChange={(event) => (setTitle(event.currentTarget.value), setMissing(false))}
          />
          {missing && (
            <span className={control.error} role="alert">
              {say.needTitle}
            </span>
          )}
        </label>
        <div className={control.actions}>
          <Button onClick={onClose}>{words.contact.cancel}</Button>
          <Button look="brand" type="submit" disabled={busy}>
            {say.create}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
