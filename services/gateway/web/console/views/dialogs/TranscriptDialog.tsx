import { Modal } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { newId } from "../../../protocol/ids";
import type { Thread } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { shortDay } from "../../state/time";
import { words } from "../../words";
import { Button } from "../parts/Button";
import control from "../parts/control.module.css";
import { AddressField } from "./AddressField";

const say = words.transcript;
const ADDRESS = /^[^\s@<>,;:"\\]+@[^\s@<>,;:"\\]+\.[^\s@<>,;:"\\]+$/;

type Problems = { address?: string; subject?: string };

function check(address: string, subject: string): Problems {
  return { ...(ADDRESS.test(address) ? {} : { address: say.needAddress }), ...(subject ? {} : { subject: say.needSubject }) };
}

/** Mails the transcript to the contact, or to any other contact, under a subject of one's own. */
export default function TranscriptDialog({ thread, onClose }: { thread: Thread; onClose(): void }) {
  const { conversation, contact } = thread;
  const [address, setAddress] = useState(contact.address ?? "");
  const [subject, setSubject] = useState(() => say.defaultSubject(shortDay(conversation.started_at, Date.now())));
  const [problems, setProblems] = useState<Problems>({});
  const [transcriptId] = useState(() => newId());
  const { busy, ask } = useAsk();

  async function send(event: FormEvent) {
    event.preventDefault();
    const found = check(address.trim(), subject.trim());
    setProblems(found);
    if (found.address || found.subject) return;
    const { conversation_id } = conversation;
    if (
      await ask({
        type: "send_transcript",
        conversation_id,
        transcript_id: transcriptId,
        address: address.trim(),
        subject: subject.trim(),
      })
    )
      onClose();
  }

  return (
    <Modal opened onClose={onClose} title={say.title} closeButtonProps={{ "aria-label": words.close }}>
      <form className={control.form} onSubmit={send} noValidate>
        <AddressField contact={contact} value={address} problem={problems.address} onChange={setAddress} />
        <label className={control.field}>
          <span className={control.label}>{say.subject}</span>
          <input
            className={control.input}
            value={subject}
            maxLength={200}
            aria-invalid={problems.subject !== undefined}
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
          {problems.subject && (
            <span className={control.error} role="alert">
              {problems.subject}
            </span>
          )}
        </label>
        <div className={control.actions}>
          <Button onClick={onClose}>{words.contact.cancel}</Button>
          <Button look="brand" type="submit" disabled={busy}>
            {say.send}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
