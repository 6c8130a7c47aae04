import { useSyncExternalStore } from "react";
import type { Mode } from "../state/drafts";
import { createStore } from "../state/store";

export type DialogName = "transcript" | "ticket" | "keys" | "palette";

/** Somebody chose to write this: an object of its own each time, so that choosing the same again counts too. */
interface Choice {
  readonly mode: Mode;
}

/** What is open in front of the panes, and where the keyboard wants to be. `focus` and `send` count up with every wish. */
interface Ui {
  dialog: DialogName | null;
  assigning: boolean;
  contactHidden: boolean;
  /** What was last chosen in each conversation. */
  choices: ReadonlyMap<string, Choice>;
  focus: number;
  send: { count: number; thenClose: boolean };
}

const ui = createStore<Ui>({
  dialog: null,
  assigning: false,
  contactHidden: false,
  choices: new Map(),
  focus: 0,
  send: { count: 0, thenClose: false },
});

export function useUi<T>(select: (now: Ui) => T): T {
  return useSyncExternalStore(ui.subscribe, () => select(ui.get()));
}

export const openDialog = (dialog: DialogName | null) => ui.set((now) => ({ ...now, dialog }));
export const setAssigning = (assigning: boolean) => ui.set((now) => ({ ...now, assigning }));
/** Puts away whatever stands in front of the panes. */
export const closeFront = () => ui.set((now) => ({ ...now, dialog: null, assigning: false }));
export const toggleContact = () => ui.set((now) => ({ ...now, contactHidden: !now.contactHidden }));

/** The keyboard goes to the editor, to write a reply or a comment there. */
export const write = (conversation: string, mode: Mode) =>
  ui.set((now) => ({ ...now, choices: new Map(now.choices).set(conversation, { mode }), focus: now.focus + 1 }));

let focused = 0;

/** Whether a wish for the keyboard is still open; asking takes it. */
export function takeFocus(): boolean {
  const wished = ui.get().focus > focused;
  focused = ui.get().focus;
  return wished;
}

/** Sends what is in the editor, whatever arrived meanwhile. */
export const sendNow = (thenClose: boolean) => ui.set((now) => ({ ...now, send: { count: now.send.count + 1, thenClose } }));
