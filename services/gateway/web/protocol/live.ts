/** The live connection to the gateway: a socket or polls, their timers, and `connection.ts` deciding. */
import {
  connect, SILENCE_MS, step, type Ask, type Connection, type Effect, type Happening, type LiveState, type Place, type Step,
} from "./connection";
import type { Accepted, Hello, LiveCall, Polled, Problem, ServerFrame, Typing, Viewing } from "./messages";
import { createPolling } from "./polling";
import { Refusal } from "./refusal";

export type { Ask, LiveState } from "./connection";

export interface LiveOptions<A extends Ask> {
  /** `wss://…/api/live` or `wss://…/api/widget/live`; `liveUrl` makes it. */
  url: string;
  /** The first frame. `epoch` and `position` are those of the page's own snapshot; later ones are kept here. */
  hello(): Hello;
  /** Every frame a page has use for, in order: answers, heartbeats and pongs stay here. */
  onFrame(frame: ServerFrame): void;
  onState(state: LiveState): void;
  /** One ask by HTTP, for when sockets do not get through. */
  post(ask: A, signal: AbortSignal): Promise<Accepted>;
  /** One call of the live protocol by HTTP, likewise. */
  poll(call: LiveCall, signal?: AbortSignal): Promise<Polled>;
}

export interface Live<A extends Ask> {
  /** Kept and sent again until it is answered; a no is a `Refusal`, a temporary one once this connection has ended. */
  ask(ask: A): Promise<Accepted>;
  /** A signal that may get lost: not sent while offline. */
  signal(frame: Typing | Viewing): void;
  /** Ends it for good. */
  stop(): void;
}

interface Waiting {
  resolve(accepted: Accepted): void;
  reject(refusal: Refusal): void;
}

/** The socket's address for a path of this origin. */
export function liveUrl(path: string, origin = location.origin): string {
  return origin.replace(/^http/, "ws") + path;
}

/** Connects, and stays connected until `stop`. */
export function createLive<A extends Ask>(options: LiveOptions<A>): Live<A> {
  const waiting = new Map<string, Waiting>();
  let connection: Connection<A>;
  let socket: WebSocket | null = null;
  let probe: WebSocket | null = null;
  let posting: AbortController | null = null;
  let viewing: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const moment = () => ({ now: Date.now(), random: Math.random() });
  const happen = (happening: Happening<A>) => settleInto(step(connection, happening, moment()));
  const polling = createPolling(options.poll, {
    frame: (frame) => happen({ type: "frame", frame }),
    answered: () => happen({ type: "poll_answered" }),
    failed: () => happen({ type: "closed" }),
  });

  function settleInto([next, effects]: Step<A>): void {
    connection = next;
    clearTimeout(timer);
    if (next.deadline !== null) timer = setTimeout(() => happen({ type: "tick" }), Math.max(next.deadline - Date.now(), 0));
    effects.forEach(perform);
  }

  function perform(effect: Effect<A>): void {
    switch (effect.type) {
      case "open":
        return openSocket();
      case "probe":
        return probeSocket();
      case "close":
        return close();
      case "greet":
        return send(greeting(options.hello(), effect.place));
      case "hello":
        return polling.hello(greeting(options.hello(), effect.place));
      case "poll":
        return polling.poll({ ...effect.place, viewing });
      case "pong":
        return send({ type: "pong" });
      case "send":
        return send({ type: "ask", ask: effect.ask });
      case "post":
        return void postAsk(effect.ask);
      case "show":
        return options.onState(effect.state);
      case "deliver":
        return options.onFrame(effect.frame);
      case "settle":
        return answer(effect.command_id, effect.answer);
    }
  }

  function openSocket(): void {
    close();
    const opened = new WebSocket(options.url);
    opened.onopen = () => socket === opened && happen({ type: "opened" });
    take(opened);
  }

  function take(opened: WebSocket): void {
    opened.onclose = () => socket === opened && happen({ type: "closed" });
    opened.onmessage = (message: MessageEvent<string>) => {
      if (socket === opened) happen({ type: "frame", frame: frameIn(message) });
    };
    socket = opened;
  }

  /** A socket beside the polls; with its `welcome` it takes over. Events that both bring are told by their position. */
  function probeSocket(): void {
    probe?.close();
    const opened = new WebSocket(options.url);
    opened.onopen = () => opened.send(JSON.stringify(greeting(options.hello(), connection.place)));
    opened.onmessage = (message: MessageEvent<string>) => {
      const frame = frameIn(message);
      if (probe !== opened || frame.type !== "welcome") return opened.close();
      probe = null;
      close();
      take(opened);
      happen({ type: "socket_took_over" });
      happen({ type: "frame", frame });
      if (viewing !== null) send({ type: "viewing", conversation_id: viewing });
    };
    probe = opened;
  }

  function close(): void {
    const old = [socket, probe];
    socket = probe = null;
    for (const one of old) one?.close();
    posting?.abort();
    polling.stop();
  }

  function send(frame: object): void {
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  }

  /** Given up after a while: the server knows an ask by its id, so asking again does no harm. */
  async function postAsk(ask: A): Promise<void> {
    const { command_id } = ask;
    const mine = (posting = new AbortController());
    const late = setTimeout(() => mine.abort(), SILENCE_MS);
    try {
      happen({ type: "posted", command_id, answer: await options.post(ask, mine.signal) });
    } catch (error) {
      const final = error instanceof Refusal && (!error.temporary || connection.phase === "live");
      happen(final ? { type: "posted", command_id, answer: error.problem } : { type: "post_failed" });
    } finally {
      clearTimeout(late);
    }
  }

  function answer(command_id: string, told: Accepted | Problem): void {
    const asker = waiting.get(command_id);
    waiting.delete(command_id);
    if ("code" in told) asker?.reject(new Refusal(told));
    else asker?.resolve(told);
  }

  const wake = () => document.visibilityState === "visible" && happen({ type: "wake" });
  const cut = () => happen({ type: "cut" });
  addEventListener("online", wake);
  addEventListener("offline", cut);
  document.addEventListener("visibilitychange", wake);
  settleInto(connect(moment()));

  return {
    ask(ask) {
      return new Promise((resolve, reject) => {
        waiting.set(ask.command_id, { resolve, reject });
        happen({ type: "ask", ask });
      });
    },
    signal(frame) {
      if (frame.type === "viewing" && frame.conversation_id !== viewing) {
        viewing = frame.conversation_id ?? null;
        happen({ type: "viewing_changed" });
      }
      if (connection.phase !== "live") return;
      if (connection.by === "socket") send(frame);
      else if (frame.type === "typing") options.poll(frame).catch(() => null);
    },
    stop() {
      removeEventListener("online", wake);
      removeEventListener("offline", cut);
      document.removeEventListener("visibilitychange", wake);
      happen({ type: "stop" });
    },
  };
}

const frameIn = (message: MessageEvent<string>) => JSON.parse(message.data) as ServerFrame;

function greeting(hello: Hello, place: Place | "own" | "none"): Hello {
  if (place === "own") return hello;
  return { ...hello, epoch: null, position: null, ...(place === "none" ? {} : place) };
}
