import type { Editor, EditorEvents } from "@tiptap/react";
import { useEffect, useRef } from "react";
import { useDesk, useSession } from "../../hooks/session";
import { keepDraft, type Mode } from "../../state/drafts";
import { TYPING_LASTS } from "../../state/signals";
import { browserStorage } from "../../state/storage";
import type { Uploads } from "./useUploads";
import { htmlOf, isGivenBack } from "./useWriting";

const SIGNAL_MS = 3000;

/** Keeps every keystroke and every uploaded file, and lets the others know that I write. */
export function useDraft(editor: Editor | null, uploads: Uploads, id: string, mode: Mode): void {
  const { desk, signal } = useSession();
  const { files } = uploads;
  const told = useRef(0);
  const waiting = useDesk((desk) => desk.outbox.filter(({ ask }) => ask.conversation_id === id).length);
  const before = useRef(waiting);

  // The others take whose words have come for silent: who has gone on typing since says so once more.
  useEffect(() => {
    const arrived = waiting < before.current;
    before.current = waiting;
    if (!arrived || Date.now() - told.current > TYPING_LASTS) return;
    signal({ type: "typing", conversation_id: id, comment: mode === "comment" });
  }, [waiting, signal, id, mode]);

  useEffect(() => {
    if (!editor) return;
    const account = desk.get().me.account_id;
    const keep = () => keepDraft(browserStorage, account, id, mode, { html: htmlOf(editor), files });
    const onUpdate = ({ transaction }: EditorEvents["update"]) => {
      keep();
      if (editor.isEmpty) told.current = 0;
      if (editor.isEmpty || isGivenBack(transaction) || Date.now() - told.current < SIGNAL_MS) return;
      told.current = Date.now();
      signal({ type: "typing", conversation_id: id, comment: mode === "comment" });
    };
    keep();
    editor.on("update", onUpdate);
    return () => void editor.off("update", onUpdate);
  }, [editor, files, id, mode, desk, signal]);
}
