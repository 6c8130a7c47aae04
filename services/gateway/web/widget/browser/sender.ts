/** Sends what is in the outbox, in order, one at a time, from one tab at a time. */
import type { Accepted, VisitorAsk } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { askOf, nextOf, parseOutbox, refusedWith, type Outgoing } from "../state/outbox";
import { alone } from "./alone";
import type { Memory } from "./memory";

const LONGEST_PAUSE_MS = 30_000;

export interface Sender {
  kept(): Outgoing[];
  /** Changes what is kept, and goes on sending. */
  change(change: (outbox: Outgoing[]) => Outgoing[]): void;
}

export interface Post {
  /** Resolves once something can be sent, and it is known whose it is. */
  ready(): Promise<void>;
  ask(ask: VisitorAsk): Promise<Accepted>;
}

/** `onKept` hears every change made here, `onAccepted` what the server has taken. */
export function createSender(
  channel: string, memory: Memory, { ready, ask }: Post, onKept: () => void, onAccepted: (one: Outgoing) => void,
): Sender {
  let pause = 1_000;
  let hurry = () => {};

  const kept = () => parseOutbox(memory.get("outbox"));
  const write = (change: (outbox: Outgoing[]) => Outgoing[]) => {
    memory.set("outbox", JSON.stringify(change(kept())));
    onKept();
  };

  async function send(one: Outgoing): Promise<void> {
    try {
      await ask(askOf(one));
      pause = 1_000;
      onAccepted(one);
      write((outbox) => outbox.filter(({ message_id }) => message_id !== one.message_id));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      write((outbox) => refusedWith(outbox, one.message_id, error.problem.code, error.temporary));
      if (error.temporary) await rest();
    }
  }

  function rest(): Promise<void> {
    const before = pause;
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    return new Promise((resolve) => {
      hurry = resolve;
      setTimeout(resolve, before);
    });
  }

  const drain = () =>
    alone(`parley outbox ${channel}`, async () => {
      while (nextOf(kept())) {
        await ready();
        const one = nextOf(kept()); // It may have begun another conversation meanwhile.
        if (one) await send(one);
      }
    });

  void drain();
  return {
    kept,
    change(change) {
      write(change);
      hurry();
      void drain();
    },
  };
}
