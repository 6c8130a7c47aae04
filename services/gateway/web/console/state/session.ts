/** One signed-in agent's console: the live connection, the desk it fills, and what may be asked. */

import { newId } from "../../protocol/ids";
import { createLive, liveUrl, type Live } from "../../protocol/live";
import type { Accepted, AgentAsk, Me } from "../../protocol/messages";
import { api } from "./api";
import { counted, emptyDesk, framed, type Desk } from "./desk";
import { createSending, type Sending } from "./sending";
import { faded, nextFade } from "./signals";
import { browserStorage } from "./storage";
import { createStore, type Store } from "./store";

type WithoutId<T> = T extends unknown ? Omit<T, "command_id"> : never;

/** An ask before it has its id. */
export type Wish = WithoutId<AgentAsk>;

export interface Session {
  desk: Store<Desk>;
  sending: Sending;
  /** Asks for something once; a refusal comes back as `Refusal`. */
  ask(wish: Wish): Promise<Accepted>;
  signal: Live<AgentAsk>["signal"];
  stop(): void;
}

export function startSession(me: Me): Session {
  const desk = createStore(emptyDesk(me));
  let fading: ReturnType<typeof setTimeout> | undefined;

  function fade(): void {
    clearTimeout(fading);
    desk.set((now) => ({ ...now, signals: faded(now.signals, Date.now()) }));
    const next = nextFade(desk.get().signals);
    if (next !== null) fading = setTimeout(fade, Math.max(0, next - Date.now()));
  }

  const live = createLive<AgentAsk>({
    url: liveUrl("/api/live"),
    hello: () => ({ type: "hello" }),
    onFrame: (frame) => {
      desk.set((now) => framed(now, frame, Date.now()));
      if (frame.type === "typing") fade();
    },
    onState: (state) => desk.set((now) => ({ ...now, live: state })),
    post: api.ask,
    poll: api.live,
  });
  const sending = createSending(desk, live, browserStorage);
  sending.restore();
  void loadWholeStates(desk);

  return {
    desk,
    sending,
    ask: (wish) => live.ask({ ...wish, command_id: newId() } as AgentAsk),
    signal: live.signal,
    stop: () => {
      clearTimeout(fading);
      live.stop();
    },
  };
}

/** People, notices and counters, until the socket brings them: what it brought first is not overwritten. */
async function loadWholeStates(desk: Store<Desk>): Promise<void> {
  await Promise.allSettled([
    api.people().then((people) => desk.set((now) => (now.people.length > 0 ? now : { ...now, people }))),
    api.notices().then((notices) => desk.set((now) => (now.notices.length > 0 ? now : { ...now, notices }))),
    api.counters().then((counts) => desk.set((now) => counted(now, counts))),
  ]);
}
