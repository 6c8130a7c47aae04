import type { Item } from "../../../protocol/timeline";
import { Avatar } from "../parts/Avatar";
import { PersonAvatar } from "../parts/PersonAvatar";
import { BubbleView } from "./BubbleView";
import { useAround } from "./context";
import { DeliveryState } from "./DeliveryState";
import styles from "./thread.module.css";

type Group = Extract<Item, { kind: "group" }>;

function Face({ author }: { author: Group["author"] }) {
  const { id, name, kind } = author;
  if (kind === "agent") return <PersonAvatar id={id} name={name} size={24} />;
  return <Avatar id={id} name={name} size={24} src={kind === "bot" ? `/avatars/${id}.svg` : undefined} />;
}

/** What one author said in one go: them on the left, us on the right, the face once at the last bubble. */
export function GroupView({ group }: { group: Group }) {
  const { tellsState, pending, thread } = useAround();
  const { author, bubbles } = group;
  const side = author.kind === "visitor" ? styles.them : styles.us;
  const shownAuthor = author.kind === "visitor" ? { ...author, name: thread.contact.name } : author;
  const failed = bubbles.find(({ event }) => pending.some((one) => one.ask.message_id === event.message_id && one.problem));
  const last = failed ?? bubbles.at(-1);
  return (
    <div className={`${styles.group} ${side} ${author.kind === "bot" ? styles.bot : ""}`}>
      <Face author={shownAuthor} />
      {bubbles.map((bubble) => (
        <BubbleView key={bubble.event.message_id} bubble={bubble} author={shownAuthor} />
      ))}
      {last && (group.key === tellsState || failed) && <DeliveryState bubble={last} />}
    </div>
  );
}
