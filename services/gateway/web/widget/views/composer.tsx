import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { pastedFiles } from "../../protocol/clipboard";
import { useStore } from "../browser/store";
import { Chips } from "./chips";
import { Emoji } from "./emoji";
import { Icon } from "./icon";
import { useChat, useWidget } from "./widget";

/** Where the visitor writes. Enter sends, Shift and Enter begin a line; a message waits for its files. */
export function Composer() {
  const { words, actions, uploads, memory } = useWidget();
  const { current } = useChat();
  const chips = useStore(uploads.chips);
  const [text, setText] = useState(memory.get("draft") ?? "");
  const [picking, setPicking] = useState(false);
  const [sendsNext, setSendsNext] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const uploading = chips.some(({ state }) => state === "sending");
  const something = text.trim() !== "" || chips.some(({ state }) => state === "done" || state === "sending");

  useLayoutEffect(() => memory.set("draft", text), [text]); // At once: a hidden page has no next paint to wait for.
  useLayoutEffect(() => {
    if (!field.current) return;
    field.current.style.height = "auto";
    field.current.style.height = `${Math.min(field.current.scrollHeight, 120)}px`;
  }, [text]);
  useEffect(() => {
    if (sendsNext && !uploading) send();
  }, [sendsNext, uploading]);
  useEffect(() => setPicking(false), [current]);

  function send(): void {
    if (!something) return setSendsNext(false);
    if (uploading) return setSendsNext(true);
    setSendsNext(false);
    const attached = uploads.take();
    if (text.trim() === "" && attached.length === 0) return;
    actions.say(text.trim(), attached);
    setText("");
    field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send();
  }

  function onPaste(event: ClipboardEvent): void {
    const pasted = pastedFiles(event.clipboardData);
    if (pasted.length === 0) return;
    event.preventDefault();
    uploads.add(pasted);
  }

  function insert(emoji: string): void {
    const { selectionStart = text.length, selectionEnd = text.length } = field.current ?? {};
    setText(text.slice(0, selectionStart) + emoji + text.slice(selectionEnd));
    setPicking(false);
    field.current?.focus();
  }

  return (
    <form class="compose" onSubmit={(event) => { event.preventDefault(); send(); }}>
      <Chips chips={chips} />
      {picking && <Emoji pick={insert} close={() => { setPicking(false); field.current?.focus(); }} />}
      <div class="write">
        <textarea
          rows={1} aria-label={words.message} placeholder={words.write} maxLength={20_000} value={text} ref={field}
          onInput={({ currentTarget }) => { setText(currentTarget.value); actions.typing(); }} onKeyDown={onKeyDown} onPaste={onPaste}
        />
        <input
          type="file" multiple hidden ref={files}
          onChange={({ currentTarget }) => { uploads.add(currentTarget.files ?? []); currentTarget.value = ""; }}
        />
        <button type="button" aria-label={words.attach} onClick={() => files.current?.click()}><Icon name="clip" /></button>
        <button type="button" aria-label={words.emoji} aria-expanded={picking} onClick={() => setPicking(!picking)}><Icon name="smile" /></button>
        <button type="submit" class={something ? "send ready" : "send"} aria-label={words.send} aria-busy={sendsNext}><Icon name="send" flip /></button>
      </div>
    </form>
  );
}
