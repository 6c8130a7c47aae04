import { type Editor, useEditorState } from "@tiptap/react";
import { type RefObject, useEffect, useRef, useState } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import { useUi } from "../../hooks/ui";
import type { Mode } from "../../state/drafts";
import { type Doc, isPlain, mentionsIn, plainText } from "../../state/richtext";
import { words } from "../../words";
import type { Uploads } from "./useUploads";

interface Options {
  editor: Editor | null;
  uploads: Uploads;
  row: ConversationRow;
  mode: Mode;
  seen: RefObject<number>;
}

export interface Send {
  possible: boolean;
  problem: string | null;
  /** Sends; `anyway` whatever arrived meanwhile. */
  now(thenClose: boolean, anyway: boolean): void;
}

/** Takes what is in the editor, hands it over, and empties the editor. */
export function useSend({ editor, uploads, row, mode, seen }: Options): Send {
  const { sending } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const empty = useEditorState({ editor, selector: ({ editor: now }) => !now?.schema || now.getText().trim() === "" }) ?? true;
  const possible = !empty || uploads.files.length > 0;

  function now(thenClose: boolean, anyway: boolean): void {
    if (!editor || !possible) return;
    if (uploads.busy) return setProblem(words.editor.stillUploading);
    const doc = editor.getJSON() as Doc;
    sending.send({
      conversation: row.conversation_id,
      mode,
      thenClose,
      text: plainText(doc).trim(),
      html: isPlain(doc) ? null : editor.getHTML(),
      mentions: mentionsIn(doc),
      draft: { html: empty ? "" : editor.getHTML(), files: uploads.files },
      seen: anyway ? null : seen.current,
    });
    setProblem(null);
    uploads.clear();
    editor.commands.clearContent(true);
  }

  useSendWish(now);
  return { possible, problem, now };
}

/** "Send anyway" is pressed outside of the editor. */
function useSendWish(now: Send["now"]): void {
  const wish = useUi((ui) => ui.send);
  const done = useRef(wish.count);
  useEffect(() => {
    if (wish.count === done.current) return;
    done.current = wish.count;
    now(wish.thenClose, true);
  });
}
