import { lazy, type RefObject, Suspense } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useDesk } from "../../hooks/session";
import type { Mode } from "../../state/drafts";
import { Collision } from "./Collision";
import styles from "./editor.module.css";
import { Ended } from "./Ended";
import { ModeTabs } from "./ModeTabs";
import { StaleStrip } from "./StaleStrip";
import { useMode } from "./useMode";

const load = () => import("./Editor");
const Editor = lazy(load);

/** Fetches the editor's code, so that the first conversation opens with it. */
export const fetchEditor = () => void load().catch(() => null);

interface Props {
  row: ConversationRow;
  seen: RefObject<number>;
}

/** What stands above the words: something newer, the end, or who else is here. */
function Strip({ row, seen, mode }: Props & { mode: Mode }) {
  const stale = useDesk((desk) => desk.stale.get(row.conversation_id));
  if (stale && mode === "reply") return <StaleStrip row={row} stale={stale} seen={seen} />;
  if (row.status === "closed") return <Ended row={row} mode={mode} />;
  return <Collision id={row.conversation_id} />;
}

/** Where replies and comments are written. */
export function Box({ row, seen }: Props) {
  const mode = useMode(row);
  return (
    <div className={`${styles.box} ${mode === "comment" ? styles.isComment : ""}`}>
      <Strip row={row} seen={seen} mode={mode} />
      <ModeTabs row={row} mode={mode} />
      <Suspense fallback={<div className={styles.fallback} />}>
        <Editor key={mode} row={row} mode={mode} seen={seen} />
      </Suspense>
    </div>
  );
}
