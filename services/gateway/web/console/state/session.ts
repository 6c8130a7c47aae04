/** One signed-in agent's console: the live connection, the desk it fills, and what may be asked. */

import { newId } from "../../protocol/ids";
import { createLive, liveUrl, type Live } from "../../protocol/live";
import type { Accepted, AgentAsk, Me } from "../../protocol/messages";
import { queries, refetchFailed } from "../queries";
import { api, upload } from "./api";
import { counted, emptyDesk, framed, type Desk } from "./desk";
import { createSending, type Sending } from "./sending";
import { faded, nextFade } from "./signals";
import { browserStorage } from "./storage";
import { createStore, type Store } from "./store";
import { createUploads, type Uploads } from "./uploads";

type WithoutId<T> = T extends unknown ? Omit<T, "command_id"> : never;

/** An ask before it has its id. */
export type Wish = WithoutId<AgentAsk>;

export interface Session {
  desk: Store<Desk>;
  sending: Sending;
  uploads: Uploads;
  /** Asks for something once, for a close when no words wait before it; a refusal comes back as `Refusal`. */
  ask(wish: Wish): Promise<Accepted>;
  signal: Live<AgentAsk>["signal"];
  stop(): void;
}

/** `tell` hears of refusals that nobody waits for. */
export function startSession(me: Me, tell: (refusal: unknown) => void): Session {
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
    onState: (state) => {
      desk.set((now) => ({ ...now, live: state }));
      if (state === "online") refetchFailed();
    },
    post: api.ask,
    poll: api.live,
  });
  const sending = createSending(desk, live, browserStorage, tell);
  sending.restore();
  void loadWholeStates(desk);

  return {
    desk,
    sending,
    uploads: createUploads(me.account_id, browserStorage, uploadShown),
    ask: (wish) =>
      wish.type === "close_conversation" ? sending.close(wish) : live.ask({ ...wish, command_id: newId() } as AgentAsk),
    signal: live.signal,
    stop: () => {
      clearTimeout(fading);
      live.stop();
    },
  };
}

/** Sends a file; where to see it is known with it. */
async function uploadShown(...sent: Parameters<typeof upload>): ReturnType<typeof upload> {
  const done = await upload(...sent);
  queries.setQueryData(["file", done.file_id], { url: done.url });
  return done;
}

/** People, notices and counters, until the socket brings them: what it brought first is not overwritten. */
async function loadWholeStates(desk: Store<Desk>): Promise<void> {
  await Promise.allSettled([
    api.people().then((people) => desk.set((now) => (now.people.length > 0 ? now : { ...now, people }))),
    api.notices().then((notices) => desk.set((now) => ({ ...now, notices: now.notices ?? notices }))),
    api.counters().then((counts) => desk.set((now) => counted(now, counts))),
  ]);
}
