import type { SuggestionKeyDownProps, SuggestionOptions, SuggestionProps } from "@tiptap/suggestion";
import { useMemo, useRef, useState } from "react";
import type { Person } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import { choosable } from "../../state/people";

/** The list under an `@`: who, which one is chosen, and where the `@` stands. */
export interface Suggesting {
  people: Person[];
  chosen: number;
  at: DOMRect | null;
}

export interface Mentions {
  suggestion: Omit<SuggestionOptions, "editor"> | null;
  suggesting: Suggesting | null;
  isChoosing(): boolean;
  choose(person: Person): void;
}

const MOST = 6;

/** Colleagues offered while an `@name` is typed; arrows and enter choose. */
export function useMentions(enabled: boolean): Mentions {
  const { desk } = useSession();
  const [suggesting, setSuggesting] = useState<Suggesting | null>(null);
  const now = useRef<Suggesting | null>(null);
  const insert = useRef<(person: Person) => void>(() => {});

  const suggestion = useMemo(() => {
    if (!enabled) return null;
    const show = (next: Suggesting | null) => setSuggesting((now.current = next));
    const follow = (props: SuggestionProps<Person>) => {
      insert.current = (person) => props.command({ id: person.id, label: person.name } as never);
      show({ people: props.items, chosen: 0, at: props.clientRect?.() ?? null });
    };
    return {
      char: "@",
      items: ({ query }) => {
        const { people, me } = desk.get();
        return choosable(people, "", query)
          .filter((person) => person.id !== me.account_id)
          .slice(0, MOST);
      },
      render: () => ({
        onStart: follow,
        onUpdate: follow,
        onExit: () => show(null),
        onKeyDown: (props) => press(props, now.current, show, insert.current),
      }),
    } satisfies Omit<SuggestionOptions<Person>, "editor">;
  }, [enabled, desk]);

  return { suggestion, suggesting, isChoosing: () => now.current !== null, choose: (person) => insert.current(person) };
}

function press(
  { event }: SuggestionKeyDownProps,
  list: Suggesting | null,
  show: (next: Suggesting | null) => void,
  insert: (person: Person) => void,
): boolean {
  const chosen = list?.people[list.chosen];
  if (!list || !chosen) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) show({ ...list, chosen: (list.chosen + step + list.people.length) % list.people.length });
  else if (event.key === "Enter" || event.key === "Tab") insert(chosen);
  else if (event.key === "Escape") show(null);
  else return false;
  event.preventDefault();
  return true;
}
