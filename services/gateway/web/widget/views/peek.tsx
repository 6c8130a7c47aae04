import type { MessagePosted } from "../../protocol/messages";
import { firstName } from "../state/reading";
import { Face } from "./face";
import { useHeight } from "./height";
import { Icon } from "./icon";
import { useWidget } from "./widget";

/** The newest message above the shut launcher: pressing it opens the chat, the cross waves it away. */
export function Peek({ message: { author, content } }: { message: MessagePosted }) {
  const { words, actions, host } = useWidget();
  const ref = useHeight((element) => host.tell({ type: "peek", height: element.offsetHeight }));
  const preview = content.text || words.file(content.attachments.length);
  return (
    <div class="peek" role="status" ref={ref}>
      <button type="button" class="said" onClick={() => host.tell({ type: "open" })}>
        <Face id={author.id} />
        <span><b>{firstName(author.name)}</b><span class="preview">{preview}</span></span>
      </button>
      <button type="button" class="x" aria-label={words.dismiss} onClick={actions.dismissPeek}><Icon name="close" /></button>
    </div>
  );
}
