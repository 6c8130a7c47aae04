import { IconLock } from "@tabler/icons-react";
import type { ConversationRow, Last } from "../../../protocol/messages";
import { useDesk } from "../../hooks/session";
import { firstName } from "../../state/people";
import { words } from "../../words";
import styles from "./list.module.css";

const say = words.list;

function spoken(last: Last, mine: boolean): string {
  const text = last.text || say.files(last.files);
  if (last.by === "visitor") return text;
  return say.said(mine ? say.you : firstName(last.name), text);
}

/** The newest line; while the visitor types, that instead. */
export function Preview({ row }: { row: ConversationRow }) {
  const typing = useDesk((desk) => desk.signals.typing.get(row.conversation_id)?.find((writer) => writer.kind === "visitor"));
  const myName = useDesk((desk) => desk.me.name);
  const { last } = row;
  if (typing) return <span className={`${styles.text} ${styles.typing}`}>{say.typing(firstName(row.contact_name))}</span>;
  if (!last) return <span className={styles.text}>{say.nothingYet}</span>;
  return (
    <span className={styles.text}>
      {last.comment && <IconLock size={13} stroke={2} aria-hidden="true" />}
      <bdi>{spoken(last, last.by === "agent" && last.name === myName)}</bdi>
    </span>
  );
}
