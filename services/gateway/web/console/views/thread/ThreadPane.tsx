import { useRef } from "react";
import { Refusal } from "../../../protocol/refusal";
import { useDelayed } from "../../hooks/delayed";
import { useSeenNotices } from "../../hooks/notices";
import { useRead } from "../../hooks/read";
import { useThread } from "../../hooks/thread";
import { useViewing } from "../../hooks/viewing";
import { useDesk } from "../../hooks/session";
import { rowOf } from "../../state/inbox";
import { words } from "../../words";
import { Composer } from "../editor/Composer";
import { BrokenArt } from "../parts/Art";
import { Empty } from "../parts/Empty";
import { Failed } from "../parts/Failed";
import { Messages } from "./Messages";
import styles from "./thread.module.css";
import { ThreadHead } from "./ThreadHead";
import { ThreadSkeleton } from "./ThreadSkeleton";
import { UnknownHead } from "./UnknownHead";

const say = words.thread;

/** One conversation: its head, its messages, and the editor. */
export function ThreadPane({ id }: { id: string }) {
  const { thread, error, retry } = useThread(id);
  const known = useDesk((desk) => rowOf(desk.inbox, id));
  const late = useDelayed(!thread && !error);
  const seen = useRef(0);
  const markSeen = useRead(id, seen);
  useViewing(id);
  useSeenNotices(id);

  const last = useRef(known);
  if (known) last.current = known;

  const missing = error instanceof Refusal && error.problem.status === 404;
  const writable = thread ? !missing : !error;
  // Between two lists it may be on neither; the editor must not go meanwhile.
  const row = known ?? (writable && last.current?.conversation_id === id ? last.current : undefined);
  return (
    <section className={styles.thread} aria-label={say.pane(row?.contact_name ?? "")}>
      {row ? <ThreadHead row={row} /> : <UnknownHead />}
      {missing ? (
        <Empty art={<BrokenArt />} title={say.gone} text={say.goneText} />
      ) : error ? (
        <Failed title={say.failed} error={error} onRetry={retry} />
      ) : thread ? (
        <Messages thread={thread} onSeen={markSeen} />
      ) : (
        <div className={styles.waiting}>{late && <ThreadSkeleton />}</div>
      )}
      {row && writable && <Composer row={row} seen={seen} />}
    </section>
  );
}
