import { useState } from "react";
import type { ConversationRow } from "../../../protocol/messages";
import { useSession } from "../../hooks/session";
import { useUi } from "../../hooks/ui";
import { isEmpty, type Mode, MODES, modeFor } from "../../state/drafts";
import { words } from "../../words";
import { readMine } from "./useKept";

const hasTheKeys = (mode: Mode) => document.activeElement?.getAttribute("aria-label") === words.editor[mode];

/**
 * What is being written: what was wanted last, also before there was an editor. It is thought over when the conversation is
 * opened and when it ends or begins again, but never taken from under somebody's hands: the keys they go on typing would become shortcuts, or go to the visitor.
 */
export function useMode({ conversation_id: id, status }: ConversationRow): Mode {
  const session = useSession();
  const wish = useUi((ui) => (ui.wish?.conversation === id ? ui.wish : null));
  const isKept = (mode: Mode) => !isEmpty(readMine(session, id, mode));
  const [held, setHeld] = useState(() => ({ status, wish, mode: wish?.mode ?? modeFor(status, undefined, MODES.filter(isKept)) }));
  if (wish && wish !== held.wish) setHeld({ status, wish, mode: wish.mode });
  else if (status !== held.status) {
    const begun = MODES.filter((mode) => hasTheKeys(mode) || isKept(mode));
    setHeld({ status, wish, mode: modeFor(status, held.mode, begun) });
  }
  return held.mode;
}
