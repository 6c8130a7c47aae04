import type { Editor } from "@tiptap/react";
import { useEffect, useRef } from "react";
import { useSession } from "../../hooks/session";
import { keepDraft, type Mode } from "../../state/drafts";
import { browserStorage } from "../../state/storage";
import type { Uploads } from "./useUploads";

const SIGNAL_MS = 3000;

/** Keeps every keystroke and every uploaded file, and lets the others know that I write. */
export function useDraft(editor: Editor | null, uploads: Uploads, id: string, mode: Mode): void {
  const { desk, signal } = useSession();
  const { files } = uploads;
  const told = useRef(0);
  useEffect(() => {
    if (!editor) return;
    const account = desk.get().me.account_id;
    const keep = () => keepDraft(browserStorage, account, id, mode, { html: editor.isEmpty ? "" : editor.getHTML(), files });
    const onUpdate = () => {
      keep();
      if (editor.isEmpty) told.current = 0;
      if (editor.isEmpty || Date.now() - told.current < SIGNAL_MS) return;
      told.current = Date.now();
      signal({ type: "typing", conversation_id: id, comment: mode === "comment" });
    };
    keep();
    editor.on("update", onUpdate);
    return () => void editor.off("update", onUpdate);
  }, [editor, files, id, mode, desk, signal]);
}
