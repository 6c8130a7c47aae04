import "@mantine/tiptap/styles.layer.css";
import { RichTextEditor } from "@mantine/tiptap";
import { type RefObject, useEffect, useRef } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { takeFocus, useUi } from "../../hooks/ui";
import type { Mode } from "../../state/drafts";
import { firstName } from "../../state/people";
import { words } from "../../words";
import { AttachmentChips } from "./AttachmentChips";
import { DropHint } from "./DropHint";
import styles from "./editor.module.css";
import { MentionList } from "./MentionList";
import { SendButtons } from "./SendButtons";
import { Tools } from "./Tools";
import { useDraft } from "./useDraft";
import { useKept } from "./useKept";
import { useMentions } from "./useMentions";
import { useSend } from "./useSend";
import { useUploads } from "./useUploads";
import { useGivenBack, useWriting } from "./useWriting";

const say = words.editor;

interface Props {
  row: ConversationRow;
  mode: Mode;
  seen: RefObject<number>;
}

/** The box itself: words, files, tools and the button. */
export default function Editor({ row, mode, seen }: Props) {
  const { conversation_id: id } = row;
  const draft = useKept(id, mode);
  const uploads = useUploads(id, mode, draft);
  const mentions = useMentions(mode === "comment");
  const submit = useRef<(anyway?: boolean) => void>(() => {});
  const hint = mode === "reply" ? say.replyHint(firstName(row.contact_name)) : say.commentHint;
  const editor = useWriting({
    label: mode === "reply" ? say.reply : say.comment,
    hint,
    html: draft.html,
    mentions: mentions.suggestion,
    isChoosing: mentions.isChoosing,
    onFiles: uploads.add,
    onSubmit: () => submit.current(),
  });
  useDraft(editor, uploads, id, mode);
  useGivenBack(editor, draft);
  const send = useSend({ editor, uploads, row, mode, seen });
  submit.current = () => send.now(false, false);

  const wish = useUi((ui) => ui.wish);
  useEffect(() => {
    if (editor && takeFocus(id, mode)) editor.commands.focus("end");
  }, [wish, editor, id, mode]);

  return (
    <DropHint onFiles={uploads.add}>
      <RichTextEditor
        editor={editor}
        variant="subtle"
        withTypographyStyles={false}
        classNames={{ root: styles.root, content: styles.content }}
      >
        <RichTextEditor.Content className={styles.write} />
        <AttachmentChips uploads={uploads} />
        {send.problem && (
          <p className={styles.problem} role="alert">
            {send.problem}
          </p>
        )}
        <div className={styles.foot}>
          <Tools editor={editor} onFiles={uploads.add} />
          <SendButtons mode={mode} disabled={!send.possible || (mode === "reply" && row.status === "closed")} onSend={(thenClose) => send.now(thenClose, false)} />
        </div>
      </RichTextEditor>
      <MentionList mentions={mentions} />
    </DropHint>
  );
}
