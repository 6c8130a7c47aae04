/**
 * What the loader (in the customer's page) and the frame (ours) say to each other. Both sides check window and origin of
 * everything they hear; nothing secret is ever said.
 */
import type { Appearance, PageInput } from "../protocol/messages";

export type EventName =
  | "conversationStarted" | "conversationClosed" | "messageReceived" | "unreadConversationCountChanged"
  | "contactAssociated" | "userSelectedThread" | "quickReplyButtonClick" | "widgetLoaded" | "widgetClosed";

/** What the frame begins with: its `name`, as JSON, so that it has to wait for nobody. `origin` is the customer's page's. */
export interface Setup {
  origin: string;
  appearance: Appearance;
  page: PageInput;
  rtl: boolean;
  /** As the customer wrote it; maybe nothing. */
  locale?: string | undefined;
  open: boolean;
  /** When (ms) whoever was here before has gone, so that nothing of theirs stays, as the page remembers it; null, 0 or 1: nobody has. */
  gone: number | null;
}

/** From the loader. `page` is where the visitor is, the start page of what they begin now; `what` is as the page's code said it. */
export type ToFrame =
  | { type: "open" | "close" | "page" | "new_thread"; page: PageInput }
  | { type: "identify" | "set_page"; what: unknown }
  | { type: "clear" };

/**
 * From the frame. Heights are in CSS pixels; `card` is what the open chat would like to have. `ready` brings the launcher's word
 * for closing; `known` says whether there is somebody here to remember.
 */
export type ToHost =
  | { type: "ready"; close: string }
  | { type: "open" | "close" }
  | { type: "card"; height: number }
  | { type: "peek"; height: number | null }
  | { type: "unread"; count: number; label: string }
  | { type: "known"; kept: "" | "1" }
  | { type: "happened"; name: EventName; detail: Record<string, unknown> };

/** The wrapping that tells our messages from everybody else's. */
export interface Wrapped<T> {
  parley: T;
}

/** Calls `hear` with what `peer` says from `origin`. */
export function listen<T>(peer: () => Window | null | undefined, origin: string, hear: (message: T) => void): void {
  addEventListener("message", ({ source, origin: from, data }: MessageEvent<Wrapped<T> | null>) => {
    if (source && source === peer() && from === origin && data?.parley) hear(data.parley);
  });
}
