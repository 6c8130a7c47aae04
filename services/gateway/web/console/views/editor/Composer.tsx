import { lazy, type RefObject, Suspense } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useDesk } from "../../hooks/session";
import { useUi } from "../../hooks/ui";
import { Collision } from "./Collision";
import styles from "./editor.module.css";
import { Ended } from "./Ended";
import { ModeTabs } from "./ModeTabs";
import { StaleStrip } from "./StaleStrip";

const load = () => import("./Editor");
const Editor = lazy(load);

/** Fetches the editor while nothing else is to be done, so that the first conversation opens with it. */
export const fetchEditor = () => void (globalThis.requestIdleCallback ?? setTimeout)(() => void load());

interface Props {
  row: ConversationRow;
  /** The newest position this screen has shown. */
  seen: RefObject<number>;
}

/** Where replies and comments are written. An ended conversation takes comments only. */
export function Composer({ row, seen }: Props) {
  const { conversation_id: id, status } = row;
  const chosen = useUi((ui) => ui.mode);
  const stale = useDesk((desk) => desk.stale.get(id));
  const returned = useDesk((desk) => desk.returned.get(id) ?? 0);
  const closed = status === "closed";
  const mode = closed ? "comment" : chosen;
  return (
    <div className={styles.composer}>
      <div className={`${styles.box} ${mode === "comment" ? styles.isComment : ""}`}>
        {stale ? <StaleStrip row={row} stale={stale} seen={seen} /> : closed ? <Ended row={row} /> : <Collision id={id} />}
        <ModeTabs mode={mode} closed={closed} />
        <Suspense fallback={<div className={styles.fallback} />}>
          <Editor key={`${id} ${mode} ${returned}`} row={row} mode={mode} seen={seen} fresh={returned > 0} />
        </Suspense>
      </div>
    </div>
  );
}
