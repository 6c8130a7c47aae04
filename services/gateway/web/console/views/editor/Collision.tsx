import { useDesk } from "../../hooks/session";
import { firstName } from "../../state/people";
import { words } from "../../words";
import { PersonAvatar } from "../parts/PersonAvatar";
import styles from "./editor.module.css";

const say = words.editor;
const names = (people: readonly { name: string }[]) => people.map((one) => firstName(one.name)).join(say.and);

/** Which colleagues are here too: who writes, and who only looks. Goes away with the last of them. */
export function Collision({ id }: { id: string }) {
  const typing = useDesk((desk) => desk.signals.typing.get(id));
  const viewers = useDesk((desk) => desk.signals.viewers.get(id));
  const writing = (typing ?? []).filter((writer) => writer.kind === "agent");
  const viewing = (viewers ?? []).filter((viewer) => !writing.some((writer) => writer.id === viewer.id));
  const people = [...writing, ...viewing];
  if (people.length === 0) return null;
  return (
    <div className={styles.strip} role="status">
      <span className={styles.avatars}>
        {people.slice(0, 4).map((one) => (
          <PersonAvatar key={one.id} id={one.id} name={one.name} size={20} />
        ))}
      </span>
      <span>
        {writing.length > 0 && (
          <>
            <b>{names(writing)}</b>{" "}
            {say.isWriting(
              writing.length > 1,
              writing.every((writer) => writer.comment),
            )}
          </>
        )}
        {viewing.length > 0 && (
          <span className={styles.whisper}>
            {writing.length > 0 && " · "}
            {say.isViewing(names(viewing), viewing.length > 1)}
          </span>
        )}
      </span>
    </div>
  );
}
