/** What fades: who is typing and who is looking. Never in the log, so never folded into a thread. */

import type { Entry, SomebodyTyping, Viewer, Viewers } from "../../protocol/messages";

export const TYPING_LASTS = 6000;

export interface Writer extends SomebodyTyping {
  until: number;
}

export interface Signals {
  typing: ReadonlyMap<string, readonly Writer[]>;
  viewers: ReadonlyMap<string, readonly Viewer[]>;
}

export const noSignals: Signals = { typing: new Map(), viewers: new Map() };

export function typed(signals: Signals, frame: SomebodyTyping, now: number): Signals {
  const others = (signals.typing.get(frame.conversation_id) ?? []).filter((writer) => writer.id !== frame.id);
  const writers = [...others, { ...frame, until: now + TYPING_LASTS }];
  return { ...signals, typing: new Map(signals.typing).set(frame.conversation_id, writers) };
}

/** Whose message has arrived has stopped typing. */
export function spoke(signals: Signals, { event }: Entry): Signals {
  if (event.type !== "message_posted" && event.type !== "comment_added") return signals;
  return keeping(signals, (writer, id) => id !== event.conversation_id || writer.id !== event.author.id);
}

export function faded(signals: Signals, now: number): Signals {
  return keeping(signals, (writer) => writer.until > now);
}

function keeping(signals: Signals, keep: (writer: Writer, conversation: string) => boolean): Signals {
  const typing = new Map<string, readonly Writer[]>();
  let changed = false;
  for (const [id, writers] of signals.typing) {
    const left = writers.filter((writer) => keep(writer, id));
    changed ||= left.length !== writers.length;
    if (left.length > 0) typing.set(id, left);
  }
  return changed ? { ...signals, typing } : signals;
}

/** When the next typing mark fades, in milliseconds since the epoch; null when nobody types. */
export function nextFade(signals: Signals): number | null {
  const ends = [...signals.typing.values()].flat().map((writer) => writer.until);
  return ends.length > 0 ? Math.min(...ends) : null;
}

export function looked(signals: Signals, frame: Viewers): Signals {
  const viewers = new Map(signals.viewers);
  if (frame.viewers.length > 0) viewers.set(frame.conversation_id, frame.viewers);
  else viewers.delete(frame.conversation_id);
  return { ...signals, viewers };
}
