import { Popover } from "@mantine/core";
import { IconLink } from "@tabler/icons-react";
import type { Editor } from "@tiptap/react";
import { type FormEvent, useState } from "react";
import { isSafeAddress, withScheme } from "../../state/richtext";
import { words } from "../../words";
import { Button } from "../parts/Button";
import control from "../parts/control.module.css";
import { IconButton } from "../parts/IconButton";
import styles from "./editor.module.css";

const say = words.editor;

/** Turns what is selected into a link, or asks for the words' address when nothing is. */
export function LinkButton({ editor }: { editor: Editor | null }) {
  const [address, setAddress] = useState<string | null>(null);
  const opened = address !== null;
  const close = () => setAddress(null);
  const toggle = () => setAddress(opened ? null : String(editor?.getAttributes("link").href ?? ""));
  return (
    <Popover opened={opened} onChange={close} position="top-start" width={300} trapFocus returnFocus>
      <Popover.Target>
        <IconButton label={say.link} onClick={toggle}>
          <IconLink size={17} stroke={1.6} />
        </IconButton>
      </Popover.Target>
      <Popover.Dropdown aria-label={say.link} aria-labelledby={undefined}>
        {opened && editor && <LinkForm editor={editor} start={address} onDone={close} />}
      </Popover.Dropdown>
    </Popover>
  );
}

interface FormProps {
  editor: Editor;
  start: string;
  onDone(): void;
}

function LinkForm({ editor, start, onDone }: FormProps) {
  const [address, setAddress] = useState(start);
  const [wrong, setWrong] = useState(false);

  function apply(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    const href = withScheme(address.trim());
    if (!isSafeAddress(href)) return setWrong(true);
    const chain = editor.chain().focus().extendMarkRange("link");
    if (editor.state.selection.empty && !start)
      chain.insertContent({ type: "text", text: address.trim(), marks: [{ type: "link", attrs: { href } }] }).run();
    else chain.setLink({ href }).run();
    onDone();
  }

  function remove() {
    editor.chain().focus().extendMarkRange("link").unsetLink().run();
    onDone();
  }

  return (
    <form className={styles.linkForm} onSubmit={apply} noValidate>
      <input
        className={control.input}
        type="url"
        value={address}
        placeholder="https://"
        aria-label={say.linkLabel}
        aria-invalid={wrong}
        data-autofocus
        onChange={(event) => (setAddress(event.currentTarget.value), setWrong(false))}
      />
      {wrong && (
        <span className={control.error} role="alert">
          {say.linkWrong}
        </span>
      )}
      <span className={styles.linkButtons}>
        {start && (
          <Button look="quiet" onClick={remove}>
            {say.linkRemove}
          </Button>
        )}
        <Button size="small" type="submit">
          {say.linkApply}
        </Button>
      </span>
    </form>
  );
}
