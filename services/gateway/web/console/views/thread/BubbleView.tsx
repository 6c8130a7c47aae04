import type { Author } from "../../../protocol/messages";
import type { Bubble } from "../../../protocol/timeline";
import { firstName } from "../../state/people";
import { clock } from "../../state/time";
import { words } from "../../words";
import { Hidden } from "../parts/Hidden";
import { useAround } from "./context";
import { Files } from "./Files";
import { RichText } from "./RichText";
import styles from "./thread.module.css";

const say = words.thread;

/** One message: its words, its files; who and when on hover, and always for who listens. */
export function BubbleView({ bubble, author }: { bubble: Bubble; author: Author }) {
  const { picked, pending } = useAround();
  const { event } = bubble;
  const { text, html, attachments } = event.content;
  const isPending = pending.some((one) => one.ask.message_id === event.message_id && !one.accepted);
  const isPicked = picked.has(event.message_id);
  const time = clock(event.at);
  const by = isPicked
    ? say.chose(author.name, time)
    : author.kind === "bot"
      ? say.byBot(author.name, time)
      : say.by(author.name, time);
  const meta = (
    <span className={styles.hoverMeta} aria-hidden="true">
      {author.kind === "visitor" ? time : say.by(firstName(author.name), time)}
    </span>
  );
  return (
    <>
      {(text || html) && (
        <div className={`${styles.bubble} ${isPicked ? styles.picked : ""} ${isPending ? styles.pending : ""}`} tabIndex={-1}>
          <Hidden>{by}: </Hidden>
          <RichText text={text} html={html} />
          {meta}
        </div>
      )}
      {attachments.length > 0 && <Files files={attachments} by={by} meta={text || html ? null : meta} />}
    </>
  );
}
