import { Portal } from "@mantine/core";
import { presence } from "../../state/people";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import overlay from "../parts/overlay.module.css";
import styles from "./editor.module.css";
import type { Mentions } from "./useMentions";

/** Who an `@` may mean, above where it is typed. */
export function MentionList({ mentions: { suggesting, choose } }: { mentions: Mentions }) {
  if (!suggesting?.at || suggesting.people.length === 0) return null;
  const { people, chosen, at } = suggesting;
  return (
    <Portal>
      <ul
        className={`${overlay.dropdown} ${styles.mentions}`}
        role="listbox"
        aria-label={words.editor.mentionList}
        style={{ left: Math.min(at.left, innerWidth - 248), bottom: innerHeight - at.top + 6 }}
      >
        {people.map((person, n) => (
          <li
            key={person.id}
            role="option"
            aria-selected={n === chosen}
            className={overlay.item}
            data-hovered={n === chosen || undefined}
            onMouseDown={(event) => (event.preventDefault(), choose(person))}
          >
            <Avatar id={person.id} name={person.name} size={24} src={person.avatar_url} presence={presence(person)} />
            <bdi>{person.name}</bdi>
          </li>
        ))}
      </ul>
    </Portal>
  );
}
