/** Where the open conversation stands in the list; remembered, because it may leave the list under its reader. */

import { useEffect } from "react";
import type { ConversationRow, View } from "../../protocol/messages";
import { beside, indexOf } from "../state/beside";
import type { Desk } from "../state/desk";
import { listed } from "../state/inbox";
import type { Route } from "../state/route";
import { useRoute } from "./route";
import { useSession } from "./session";

let before: readonly ConversationRow[] = [];

const shown = ({ inbox, me }: Desk, view: View) => listed(inbox, view, me.account_id);

/** Remembers the list in which the conversation was opened. */
export function usePlace(): void {
  const { desk } = useSession();
  const { view, conversation } = useRoute();
  useEffect(() => {
    before = [];
    const stop = desk.subscribe(look);
    function look(): void {
      const rows = shown(desk.get(), view);
      if (indexOf(rows, conversation) < 0) return;
      before = rows;
      stop();
    }
    look();
    return stop;
  }, [desk, view, conversation]);
}

/** The row one further (1) or one back (-1), from where the open one stands or stood. */
export function neighbour(desk: Desk, { view, conversation }: Route, by: 1 | -1): ConversationRow | undefined {
  return beside(shown(desk, view), before, conversation, by);
}
