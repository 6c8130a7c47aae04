import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Actions } from "../browser/controller";
import type { Host } from "../browser/host";
import type { Memory } from "../browser/memory";
import { useStore, type Store } from "../browser/store";
import type { Uploads } from "../browser/uploads";
import type { Chat } from "../state/chat";
import type { Words } from "../words";

/** What every part of the widget can reach. */
export interface WidgetParts {
  store: Store<Chat>;
  words: Words;
  actions: Actions;
  uploads: Uploads;
  memory: Memory;
  host: Host;
}

export const Widget = createContext<WidgetParts | null>(null);

export function useWidget(): WidgetParts {
  const parts = useContext(Widget);
  if (!parts) throw new Error("Outside of the widget");
  return parts;
}

export function useChat(): Chat {
  return useStore(useWidget().store);
}
