/** The long poll's transport: one call at a time that waits for its answer. */
import type { Hello, Poll, Polled, ServerFrame } from "./messages";
import { Refusal } from "./refusal";

/** Calls begin at least this far apart, in ms: where much happens, an answer brings more of it at once. */
export const PACE_MS = 50;

export type Post = (call: Hello | Poll, signal: AbortSignal) => Promise<Polled>;

export interface Heard {
  frame(frame: ServerFrame): void;
  /** The answer was taken in: time for the next call. */
  answered(): void;
  failed(): void;
}

export interface Polling {
  hello(hello: Hello): void;
  poll(where: Pick<Poll, "epoch" | "position" | "viewing">): void;
  /** Takes back the call that waits: nothing of its answer is heard. */
  stop(): void;
}

export function createPolling(post: Post, heard: Heard): Polling {
  let waiting: AbortController | null = null;
  let paced: ReturnType<typeof setTimeout> | undefined;
  let began = 0;
  let seen = "";

  async function ask(call: Hello | Poll): Promise<void> {
    stop();
    began = Date.now();
    const mine = (waiting = new AbortController());
    const isMine = () => waiting === mine;
    const answer = await post(call, mine.signal).catch(answerOf);
    for (const frame of answer.frames) if (isMine()) heard.frame(frame);
    if (!isMine()) return;
    const anew = call.type === "poll" && answer.frames.some(({ type }) => type === "welcome");
    seen = anew ? "" : answer.seen; // Who is welcomed anew throws away what they had seen.
    if (answer.frames.length > 0) heard.answered();
    else heard.failed();
  }

  function poll(where: Parameters<Polling["poll"]>[0]): void {
    stop();
    paced = setTimeout(() => void ask({ type: "poll", ...where, seen }), Math.max(0, began + PACE_MS - Date.now()));
  }

  function stop(): void {
    clearTimeout(paced);
    waiting?.abort();
    waiting = null;
  }

  return { stop, poll, hello: (hello) => void ask(hello) };
}

/** What a socket would have said: goodbye, or nothing. */
function answerOf(error: unknown): Polled {
  const signedOut = error instanceof Refusal && error.problem.status === 401;
  return { frames: signedOut ? [SIGNED_OUT] : [], seen: "" };
}

const SIGNED_OUT: ServerFrame = { type: "goodbye", reason: "signed_out", after_ms: 0, snapshot: true };
