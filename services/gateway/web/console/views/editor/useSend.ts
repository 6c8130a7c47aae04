import type { Editor } from "@tiptap/react";
import { type RefObject, useCallback, useEffect, useRef, useState, useSyncExternalStore } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import { useUi } from "../../hooks/ui";
import type { Mode } from "../../state/drafts";
import { type Doc, isPlain, mentionsIn, plainText } from "../../state/richtext";
import { words } from "../../words";
import type { Uploads } from "./useUploads";

/** In letters, as the contracts have it. */
const LONGEST = 20_000;

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
  const empty = useIsEmpty(editor);
  const possible = !empty || uploads.files.length > 0;

  useEffect(() => {
    const clear = () => setProblem(null);
    clear();
    editor?.on("update", clear);
    return () => void editor?.off("update", clear);
  }, [editor, row.status, uploads.busy]);

  function now(thenClose: boolean, anyway: boolean): void {
    if (!editor || (isBlank(editor) && uploads.files.length === 0)) return;
    const doc = editor.getJSON() as Doc;
    const wrong = whyNot(doc);
    if (wrong) return setProblem(wrong);
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

  function whyNot(doc: Doc): string | null {
    if (uploads.busy) return words.editor.stillUploading;
    if (mode === "reply" && row.status === "closed") return words.editor.reopenFirst;
    const { length } = plainText(doc);
    return length > LONGEST ? words.editor.tooLong(length, LONGEST) : null;
  }

  useSendWish(now);
  return { possible, problem, now };
}

const isBlank = (editor: Editor) => editor.isDestroyed || editor.getText().trim() === "";

function useIsEmpty(editor: Editor | null): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      editor?.on("update", listener);
      return () => void editor?.off("update", listener);
    },
    [editor],
  );
  return useSyncExternalStore(subscribe, () => !editor || isBlank(editor));
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
