import { Combobox, useCombobox } from "@mantine/core";
import { IconCheck, IconUserOff } from "@tabler/icons-react";
import { useState } from "react";
import type { ConversationRow, Person } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { useDesk } from "../../hooks/session";
import { choosable, presence } from "../../state/people";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import styles from "./assign.module.css";

const say = words.thread;
const NOBODY = "nobody";

function Colleague({ person, mine }: { person: Person; mine: boolean }) {
  const here = presence(person);
  return (
    <>
      <Avatar id={person.id} name={person.name} size={24} src={person.avatar_url} presence={here} />
      <span className={styles.two}>
        <span>
          <bdi>{person.name}</bdi>
          {mine && <em> ({say.me})</em>}
        </span>
        <small>
          {say.presence[here]}
          {person.title && `, ${person.title}`}
        </small>
      </span>
    </>
  );
}

/** Colleagues to choose from, me first, then nobody. Typing narrows them, arrows and enter choose. */
export function AssignList({ row, onDone }: { row: ConversationRow; onDone(): void }) {
  const people = useDesk((desk) => desk.people);
  const me = useDesk((desk) => desk.me.account_id);
  const [query, setQuery] = useState("");
  const { ask } = useAsk();
  const combobox = useCombobox({ opened: true });
  const found = choosable(people, me, query);

  function choose(value: string) {
    const account_id = value === NOBODY ? null : value;
    if (account_id !== (row.assignee?.id ?? null))
      void ask({ type: "assign_conversation", conversation_id: row.conversation_id, account_id });
    onDone();
  }

  return (
    <Combobox store={combobox} onOptionSubmit={choose}>
      <Combobox.EventsTarget>
        <input
          className={styles.search}
          type="text"
          placeholder={say.searchPeople}
          aria-label={say.searchPeople}
          data-autofocus
          value={query}
          onKeyDown={(event) => event.key === "Escape" && onDone()}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            combobox.selectFirstOption();
          }}
        />
      </Combobox.EventsTarget>
      {(found.length > 0 || query === "") && (
        <Combobox.Options className={styles.options} aria-label={say.people}>
          {found.map((person) => (
            <Combobox.Option key={person.id} value={person.id} active={person.id === row.assignee?.id}>
              <Colleague person={person} mine={person.id === me} />
              {person.id === row.assignee?.id && <IconCheck size={16} stroke={1.6} aria-hidden="true" />}
            </Combobox.Option>
          ))}
          {query === "" && (
            <Combobox.Option value={NOBODY} active={row.assignee === null}>
              <span className={styles.nobody}>
                <IconUserOff size={14} stroke={1.8} />
              </span>
              <span className={styles.two}>
                <span>{say.nobody}</span>
                <small>{say.nobodyHint}</small>
              </span>
              {row.assignee === null && <IconCheck size={16} stroke={1.6} aria-hidden="true" />}
            </Combobox.Option>
          )}
        </Combobox.Options>
      )}
      {found.length === 0 && query !== "" && (
        <p className={styles.none} role="status">
          {say.noPerson}
        </p>
      )}
    </Combobox>
  );
}
