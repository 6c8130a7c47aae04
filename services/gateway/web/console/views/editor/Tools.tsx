import { RichTextEditor } from "@mantine/tiptap";
import { IconBold, IconCode, IconItalic, IconList, IconPaperclip } from "@tabler/icons-react";
import type { Editor } from "@tiptap/react";
import { useRef } from "react";
import { words } from "../../words";
import { IconButton } from "../parts/IconButton";
import styles from "./editor.module.css";
import { EmojiButton } from "./EmojiButton";
import { LinkButton } from "./LinkButton";

const say = words.editor;
const icon = (Icon: typeof IconBold) => () => <Icon size={17} stroke={1.6} />;
const ICONS = {
  bold: icon(IconBold),
  italic: icon(IconItalic),
  list: icon(IconList),
  code: icon(IconCode),
};

/** How words may look, and what may go with them. */
export function Tools({ editor, onFiles }: { editor: Editor | null; onFiles(files: File[]): void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <div className={styles.tools} role="toolbar" aria-label={say.toolbar}>
      <RichTextEditor.Bold icon={ICONS.bold} aria-label={say.bold} title={say.bold} />
      <RichTextEditor.Italic icon={ICONS.italic} aria-label={say.italic} title={say.italic} />
      <span className={styles.wide}>
        <RichTextEditor.BulletList icon={ICONS.list} aria-label={say.list} title={say.list} />
        <LinkButton editor={editor} />
        <RichTextEditor.Code icon={ICONS.code} aria-label={say.code} title={say.code} />
        <span className={styles.rule} />
      </span>
      <EmojiButton onChoose={(emoji) => editor?.chain().focus().insertContent(emoji).run()} />
      <IconButton label={say.attach} onClick={() => picker.current?.click()}>
        <IconPaperclip size={17} stroke={1.6} />
      </IconButton>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
