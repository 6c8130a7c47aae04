import { IconLock } from "@tabler/icons-react";
import type { Bubble } from "../../../protocol/timeline";
import { useDesk } from "../../hooks/session";
import { personOf } from "../../state/desk";
import { clock } from "../../state/time";
import { words } from "../../words";
import { PersonAvatar } from "../parts/PersonAvatar";
import { useAround } from "./context";
import { DeliveryState } from "./DeliveryState";
import { Files } from "./Files";
import { RichText } from "./RichText";
import styles from "./thread.module.css";

/** A comment: the whole width, on yellow, with a lock. Only the team ever sees it. */
export function CommentView({ bubble: { event, position } }: { bubble: Bubble }) {
  const { pending } = useAround();
  const { author, content, at } = event;
  const mentions = event.type === "comment_added" ? event.mentions : [];
  const names = useDesk((desk) =>
    mentions
      .map((id) => personOf(desk, id)?.name ?? "")
      .filter(Boolean)
      .join("\n"),
  );
  const unsent = pending.find((one) => one.ask.message_id === event.message_id);
  return (
    <div className={`${styles.group} ${styles.note}`}>
      <PersonAvatar id={author.id} name={author.name} size={24} />
      <div className={`${styles.comment} ${unsent && !unsent.accepted ? styles.pending : ""}`}>
        <small>
          <IconLock size={13} stroke={2} aria-hidden="true" />
          <b>
            <bdi>{author.name}</bdi>
          </b>{" "}
          <span>{words.thread.teamOnly}</span>
          <time dateTime={at}>{clock(at)}</time>
        </small>
        <RichText text={content.text} html={content.html} names={names ? names.split("\n") : []} />
        {content.attachments.length > 0 && <Files files={content.attachments} by={author.name} meta={null} />}
      </div>
      {unsent && <DeliveryState bubble={{ event, position }} />}
    </div>
  );
}
