import type { View } from "../../../protocol/messages";
import { go } from "../../hooks/route";
import { useDesk } from "../../hooks/session";
import { words } from "../../words";
import { DoneArt } from "../parts/Art";
import { Button } from "../parts/Button";
import { Empty } from "../parts/Empty";
import styles from "./list.module.css";

/** Nothing in this view; if somebody waits without an owner, the way there. */
export function ListEmpty({ view }: { view: View }) {
  const waiting = useDesk((desk) => desk.counts?.counts.unassigned ?? 0);
  const { title, text } = words.list.empty[view];
  return (
    <Empty art={<DoneArt />} title={title} text={text}>
      {waiting > 0 && view !== "unassigned" && (
        <Button onClick={() => go({ view: "unassigned", conversation: null })}>
          {words.list.showUnassigned} <b className={styles.whisper}>{waiting}</b>
        </Button>
      )}
    </Empty>
  );
}
