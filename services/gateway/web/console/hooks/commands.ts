import { useMantineColorScheme } from "@mantine/core";
import { useMemo } from "react";
import type { ConversationRow } from "../../protocol/messages";
import { rowOf } from "../state/inbox";
import { mayAct, personOf } from "../state/desk";
import { VIEWS } from "../state/route";
import { words } from "../words";
import { useAsk } from "./ask";
import { neighbour } from "./place";
import { go, useRoute } from "./route";
import { useDesk, useSession } from "./session";
import { useSignOut } from "./signedin";
import { openDialog, setAssigning, write } from "./ui";

/** Something that can be done by its name or its key. */
export interface Command {
  id: string;
  label: string;
  key?: string;
  run(): void;
}

/** Commands that belong together, under one heading. */
export interface CommandGroup {
  name: keyof typeof words.palette.groups;
  commands: Command[];
}

const say = words.palette;

/** All that can be done right now, for the keyboard and the palette alike: what concerns the open conversation first. */
export function useCommands(): CommandGroup[] {
  const { conversation } = useRoute();
  const row = useDesk((desk) => (conversation ? rowOf(desk.inbox, conversation) : undefined));
  const moving = useMoving();
  const acting = useActing(row);
  const mine = useMine();
  return useMemo(
    () => [
      { name: "conversation", commands: acting },
      { name: "inbox", commands: moving },
      { name: "me", commands: mine },
    ],
    [acting, moving, mine],
  );
}

function useMoving(): Command[] {
  const { desk } = useSession();
  const route = useRoute();
  return useMemo(() => {
    const step = (by: 1 | -1) => {
      const next = neighbour(desk.get(), route, by);
      if (next) go({ conversation: next.conversation_id, contact: false }, route.conversation !== null);
    };
    return [
      { id: "next", label: say.next, key: "j", run: () => step(1) },
      { id: "previous", label: say.previous, key: "k", run: () => step(-1) },
      ...VIEWS.map((name) => ({
        id: name,
        label: say.goTo(words.views[name]),
        run: () => go({ view: name, conversation: null }),
      })),
    ];
  }, [desk, route]);
}

function useActing(row: ConversationRow | undefined): Command[] {
  const { ask } = useAsk();
  const me = useDesk((desk) => desk.me.account_id);
  const acts = useDesk(mayAct);
  return useMemo(() => {
    if (!row || !acts) return [];
    const { conversation_id } = row;
    const closed = row.status === "closed";
    return [
      ...(closed ? [] : [{ id: "reply", label: say.reply, key: "r", run: () => write(conversation_id, "reply") }]),
      { id: "comment", label: say.comment, key: "c", run: () => write(conversation_id, "comment") },
      closed
        ? { id: "reopen", label: say.reopen, run: () => void ask({ type: "reopen_conversation", conversation_id }) }
        : { id: "close", label: say.close, key: "e", run: () => void ask({ type: "close_conversation", conversation_id, with_ticket: row.ticket_open }) },
      ...(closed ? [] : [{ id: "assign", label: say.assign, key: "a", run: () => setAssigning(true) }]),
      ...(closed || row.assignee?.id === me
        ? []
        : [
            {
              id: "mine",
              label: say.assignMe,
              run: () => void ask({ type: "assign_conversation", conversation_id, account_id: me }),
            },
          ]),
      ...(closed ? [{ id: "transcript", label: words.thread.transcript, run: () => openDialog("transcript") }] : []),
      ...(row.ticket_id ? [] : [{ id: "ticket", label: words.thread.ticket, run: () => openDialog("ticket") }]),
    ];
  }, [row, acts, me, ask]);
}

function useMine(): Command[] {
  const { ask } = useAsk();
  const signOut = useSignOut();
  const { setColorScheme } = useMantineColorScheme();
  const available = useDesk((desk) => personOf(desk, desk.me.account_id)?.available ?? true);
  const acts = useDesk(mayAct);
  return useMemo(
    () => [
      ...(acts
        ? [
            {
              id: "available",
              label: available ? say.away : say.available,
              run: () => void ask({ type: "set_availability", available: !available }),
            },
          ]
        : []),
      { id: "dark", label: say.dark, run: () => setColorScheme("dark") },
      { id: "light", label: say.light, run: () => setColorScheme("light") },
      { id: "keys", label: say.shortcuts, key: "?", run: () => openDialog("keys") },
      { id: "out", label: say.signOut, run: signOut },
    ],
    [acts, available, ask, signOut, setColorScheme],
  );
}
