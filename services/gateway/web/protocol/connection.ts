/**
 * The live connection's thinking: what has happened in, what to do out. No socket, no clock, no dice; `live.ts` has those.
 *
 * Asks are kept in order until they are answered and are sent again after every reconnect: the server knows them by their
 * command id. Where sockets do not get through, frames come by long polls and asks go by HTTP, one after the other; a socket
 * is tried beside them now and then, and takes over with its `welcome`.
 */
import type { Accepted, AgentAsk, Goodbye, Problem, ServerFrame, VisitorAsk } from "./messages";
import { unreachable } from "./unreachable";

export type Ask = AgentAsk | VisitorAsk;
export type LiveState = "connecting" | "online" | "offline";

/** Where to go on after a cut: an epoch of the log and the last position taken in. */
export interface Place {
  epoch: string;
  position: number;
}

export interface Connection<A extends Ask> {
  phase: "opening" | "greeting" | "live" | "resting" | "stopped";
  by: "socket" | "poll";
  /** While polling: when to try a socket again, in ms. */
  probing: number;
  /** When to send in a `tick`, in ms; null for never. */
  deadline: number | null;
  /** The server wants to be left alone until then, ms. */
  spared: number;
  /** Attempts in a row that did not last. */
  failures: number;
  since: number;
  heard: number;
  /** `own`: the page's own snapshot knows where to go on; `none`: nobody does. */
  place: Place | "own" | "none";
  asks: readonly A[];
  posting: boolean;
}

export type Happening<A extends Ask> =
  | { type: "opened" | "closed" | "poll_answered" | "viewing_changed" | "socket_took_over" | "post_failed" }
  | { type: "tick" | "wake" | "cut" | "stop" }
  | { type: "frame"; frame: ServerFrame }
  | { type: "ask"; ask: A }
  | { type: "posted"; command_id: string; answer: Accepted | Problem };

export type Effect<A extends Ask> =
  | { type: "open" | "probe" | "close" }
  | { type: "greet"; place: Place | "own" | "none" }
  | { type: "hello"; place: Place | "own" | "none" }
  | { type: "poll"; place: Place }
  | { type: "pong" }
  | { type: "send" | "post"; ask: A }
  | { type: "show"; state: LiveState }
  | { type: "deliver"; frame: ServerFrame }
  | { type: "settle"; command_id: string; answer: Accepted | Problem };

export interface Moment {
  /** Now, in ms. */
  now: number;
  /** A number from 0 to 1, to spread reconnects. */
  random: number;
}

export type Step<A extends Ask> = [Connection<A>, Effect<A>[]];

/** A socket that has not been welcomed after this long has failed. */
export const PATIENCE_MS = 10_000;
/** The server says something every 20 s; after this long without, it is gone. */
export const SILENCE_MS = 45_000;
/** A connection that lasted this long was a good one. */
export const LASTED_MS = 5_000;
/** After this many failed attempts in a row it goes on by HTTP. */
export const FALLBACK_AFTER = 2;
/** While it goes by HTTP, a socket is tried again this often. */
export const PROBE_MS = 60_000;

const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 30_000;
const HEARTBEAT_MS = 20_000;

const NOT_CONNECTED: Problem = { code: "not_connected", status: 503, title: "This connection has ended", detail: null };

/** The start: the first attempt is on its way. */
export function connect<A extends Ask>({ now }: Moment): Step<A> {
  const empty = { phase: "opening", by: "socket", probing: 0, failures: 0, since: now, heard: now, spared: 0 } as const;
  return [{ ...empty, place: "own", asks: [], posting: false, deadline: now + PATIENCE_MS }, [{ type: "open" }, { type: "show", state: "connecting" }]];
}

/** What `happening` leads to. */
export function step<A extends Ask>(was: Connection<A>, happening: Happening<A>, moment: Moment): Step<A> {
  if (was.phase === "stopped") return [was, happening.type === "ask" ? putOff([happening.ask]) : []];
  switch (happening.type) {
    case "opened":
      return [{ ...was, phase: "greeting" }, [{ type: "greet", place: was.place }]];
    case "frame":
      return heard({ ...was, heard: moment.now }, happening.frame, moment);
    case "closed":
      return rest(was, moment);
    case "poll_answered":
      return pollAnswered(was, moment);
    case "viewing_changed":
      return [was, poll(was)];
    case "socket_took_over":
      return [{ ...was, by: "socket" }, []];
    case "tick":
      return was.phase === "resting" ? open(was, moment) : silent(was, moment);
    case "wake":
      return woken(was, moment);
    case "cut":
      return dropped(was, moment);
    case "ask":
      return asked({ ...was, asks: [...was.asks, happening.ask] }, happening.ask);
    case "posted":
      return posted(was, happening.command_id, happening.answer);
    case "post_failed":
      return postFailed({ ...was, posting: false }, moment);
    case "stop":
      return stopped(was);
    default:
      return unreachable(happening, [was, []]);
  }
}

function heard<A extends Ask>(was: Connection<A>, frame: ServerFrame, moment: Moment): Step<A> {
  const alive = was.phase === "live" ? { ...was, deadline: moment.now + SILENCE_MS } : was;
  switch (frame.type) {
    case "welcome": {
      const place = { epoch: frame.epoch, position: frame.resumed ? known(was, frame.position) : frame.position };
      const live = { ...was, place, phase: "live", since: moment.now, deadline: moment.now + SILENCE_MS } as const;
      const [next, again] = askAgain(live);
      return [next, [...again, { type: "deliver", frame }, { type: "show", state: "online" }]];
    }
    case "event": {
      const place = upTo(was, frame.position);
      return [{ ...alive, place }, place === was.place ? [] : [{ type: "deliver", frame }]];
    }
    case "heartbeat":
      return [{ ...alive, place: upTo(was, frame.position) }, [{ type: "pong" }]];
    case "accepted":
      return settle(alive, frame.command_id, frame);
    case "refused":
      return frame.command_id === null ? [alive, []] : settle(alive, frame.command_id, frame.problem);
    case "goodbye":
      return goodbye(was, frame, moment);
    default:
      return [alive, [{ type: "deliver", frame }]];
  }
}

/** A resumed connection goes on after the client's own position: the server's head is not yet what it has seen. */
function known<A extends Ask>(was: Connection<A>, head: number): number {
  return typeof was.place === "object" ? was.place.position : head;
}

/** Everything up to `position` has been taken in: events come in order, and a heartbeat follows all before it. */
function upTo<A extends Ask>({ place }: Connection<A>, position: number): Connection<A>["place"] {
  return typeof place === "object" && position > place.position ? { ...place, position } : place;
}

function goodbye<A extends Ask>(was: Connection<A>, frame: Goodbye, moment: Moment): Step<A> {
  const told: Effect<A> = { type: "deliver", frame };
  if (frame.reason === "signed_out") {
    const [end, effects] = stopped(was);
    return [end, [told, ...effects, { type: "show", state: "offline" }]];
  }
  const [resting, effects] = rest({ ...was, place: frame.snapshot ? "none" : was.place }, moment);
  const spared = moment.now + frame.after_ms * (1 + moment.random / 2);
  return [{ ...resting, spared, deadline: Math.max(resting.deadline ?? 0, spared) }, [told, { type: "close" }, ...effects]];
}

function stopped<A extends Ask>(was: Connection<A>): Step<A> {
  return [{ ...was, phase: "stopped", deadline: null, asks: [] }, [{ type: "close" }, ...putOff(was.asks)]];
}

/** Nobody waits for an answer that cannot come: who asked may ask another connection, under the same command. */
function putOff<A extends Ask>(asks: readonly A[]): Effect<A>[] {
  return asks.map(({ command_id }) => ({ type: "settle", command_id, answer: NOT_CONNECTED }));
}

function open<A extends Ask>(was: Connection<A>, { now }: Moment): Step<A> {
  const opening = { ...was, phase: "opening", since: now, deadline: now + PATIENCE_MS } as const;
  if (was.by === "socket") return [opening, [{ type: "open" }]];
  const slow = { ...opening, deadline: now + SILENCE_MS, probing: now + PROBE_MS };
  return [slow, [{ type: "hello", place: was.place }, { type: "probe" }]];
}

/** An answer came whole: ask for what happens next. */
function pollAnswered<A extends Ask>(was: Connection<A>, moment: Moment): Step<A> {
  if (was.phase !== "live") return rest(was, moment);
  if (moment.now < was.probing) return [was, poll(was)];
  return [{ ...was, probing: moment.now + PROBE_MS }, [...poll(was), { type: "probe" }]];
}

function poll<A extends Ask>({ by, phase, place }: Connection<A>): Effect<A>[] {
  return by === "poll" && phase === "live" && typeof place === "object" ? [{ type: "poll", place }] : [];
}

/** Nothing was heard for too long. A socket that is never welcomed is swallowed on its way: no second try before HTTP. */
function silent<A extends Ask>(was: Connection<A>, moment: Moment): Step<A> {
  const failures = was.phase === "live" ? was.failures : Math.max(was.failures, FALLBACK_AFTER - 1);
  return dropped({ ...was, failures }, moment);
}

/** Silent for too long, or the browser says that it has no network: nobody has to wait for the socket to notice. */
function dropped<A extends Ask>(was: Connection<A>, moment: Moment): Step<A> {
  const [resting, effects] = rest(was, moment);
  return [resting, [{ type: "close" }, ...effects]];
}

function rest<A extends Ask>(was: Connection<A>, { now, random }: Moment): Step<A> {
  if (was.phase === "resting") return [was, []];
  const lasted = was.phase === "live" && now - was.since >= LASTED_MS;
  const failures = lasted ? 0 : was.failures + 1;
  const pause = Math.min(FIRST_REST_MS * 2 ** failures, LONGEST_REST_MS) * (0.5 + random / 2);
  const by = failures >= FALLBACK_AFTER ? "poll" : was.by;
  const resting = { ...was, phase: "resting", by, failures, deadline: now + pause } as const;
  const [next, posts] = post(resting);
  return [next, [{ type: "show", state: failures > 0 ? "offline" : "connecting" }, ...posts]];
}

/** The browser is online again or its page is looked at: try at once, unless a heartbeat is fresh or the server asked for a pause. */
function woken<A extends Ask>(was: Connection<A>, moment: Moment): Step<A> {
  if (was.phase === "resting") return moment.now < was.spared ? [was, []] : open(was, moment);
  if (was.phase !== "live" || moment.now - was.heard < HEARTBEAT_MS + LASTED_MS) return [was, []];
  const [opening, effects] = open({ ...was, failures: 0 }, moment);
  return [opening, [{ type: "close" }, { type: "show", state: "connecting" }, ...effects]];
}

function asked<A extends Ask>(was: Connection<A>, ask: A): Step<A> {
  return was.phase === "live" && was.by === "socket" ? [was, [{ type: "send", ask }]] : post(was);
}

function askAgain<A extends Ask>(was: Connection<A>): Step<A> {
  return was.by === "socket" ? [was, was.asks.map((ask) => ({ type: "send", ask }))] : post(was);
}

function post<A extends Ask>(was: Connection<A>): Step<A> {
  const [first] = was.asks;
  if (was.posting || !first || was.by === "socket") return [was, []];
  return [{ ...was, posting: true }, [{ type: "post", ask: first }]];
}

/** HTTP did not answer either: what polls is not connected. */
function postFailed<A extends Ask>(was: Connection<A>, moment: Moment): Step<A> {
  return was.by === "poll" && was.phase === "live" ? dropped(was, moment) : [was, []];
}

function posted<A extends Ask>(was: Connection<A>, command_id: string, answer: Accepted | Problem): Step<A> {
  const [settled, effects] = settle({ ...was, posting: false }, command_id, answer);
  const [next, more] = post(settled);
  return [next, [...effects, ...more]];
}

function settle<A extends Ask>(was: Connection<A>, command_id: string, answer: Accepted | Problem): Step<A> {
  if (!was.asks.some((ask) => ask.command_id === command_id)) return [was, []];
  const asks = was.asks.filter((ask) => ask.command_id !== command_id);
  return [{ ...was, asks }, [{ type: "settle", command_id, answer }]];
}
