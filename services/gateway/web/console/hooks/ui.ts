import { useSyncExternalStore } from "react";
import type { Mode } from "../state/drafts";
import { createStore } from "../state/store";

export type DialogName = "transcript" | "ticket" | "keys" | "palette";

/** Somebody wants to write this here: an object of its own each time, so that wanting the same again counts too. */
interface Wish {
  readonly conversation: string;
  readonly mode: Mode;
}

/** What is open in front of the panes, and what is wanted of the editor. `send` counts up. */
interface Ui {
  dialog: DialogName | null;
  assigning: boolean;
  contactHidden: boolean;
  wish: Wish | null;
  send: { count: number; thenClose: boolean };
}

const ui = createStore<Ui>({
  dialog: null,
  assigning: false,
  contactHidden: false,
  wish: null,
  send: { count: 0, thenClose: false },
});

export function useUi<T>(select: (now: Ui) => T): T {
  return useSyncExternalStore(ui.subscribe, () => select(ui.get()));
}

export const openDialog = (dialog: DialogName | null) => ui.set((now) => ({ ...now, dialog }));
export const setAssigning = (assigning: boolean) => ui.set((now) => ({ ...now, assigning }));
/** Puts away all that was begun over a conversation. */
export const leaveConversation = () => ui.set((now) => ({ ...now, dialog: null, assigning: false, wish: null }));
export const toggleContact = () => ui.set((now) => ({ ...now, contactHidden: !now.contactHidden }));

/** The keyboard goes to the editor, to write a reply or a comment there: as soon as there is one. */
export const write = (conversation: string, mode: Mode) => ui.set((now) => ({ ...now, wish: { conversation, mode } }));

let taken: Wish | null = null;

/** Whether the keyboard is wanted in this very editor and has not been given to it; asking takes it. */
export function takeFocus(conversation: string, mode: Mode): boolean {
  const { wish } = ui.get();
  if (!wish || wish === taken || wish.conversation !== conversation || wish.mode !== mode) return false;
  taken = wish;
  return true;
}

/** Sends what is in the editor, whatever arrived meanwhile. */
export const sendNow = (thenClose: boolean) => ui.set((now) => ({ ...now, send: { count: now.send.count + 1, thenClose } }));
