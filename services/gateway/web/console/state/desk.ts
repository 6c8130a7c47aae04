/** All the console knows, and the fold of every frame the gateway sends into it. */

import type { LiveState } from "../../protocol/live";
import type { Counters, Entry, Me, Notice, Person, ServerFrame, Welcome } from "../../protocol/messages";
import { emptyInbox, happened, welcomed, type Inbox } from "./inbox";
import { confirmed, type Outbox, type Pending } from "./outbox";
import { looked, noSignals, spoke, typed, type Signals } from "./signals";

/** A reply held back because something newer had arrived while it was written. */
export interface Stale {
  pending: Pending;
  newer: { name: string; text: string } | null;
}

export interface Desk {
  me: Me;
  live: LiveState;
  signedOut: boolean;
  inbox: Inbox;
  signals: Signals;
  outbox: Outbox;
  stale: ReadonlyMap<string, Stale>;
  /** Counts, per conversation, how often a draft was given back: the editor reads it anew. */
  returned: ReadonlyMap<string, number>;
  counts: Counters | null;
  people: readonly Person[];
  /** Unseen ones; null until they are known. */
  notices: readonly Notice[] | null;
}

export function emptyDesk(me: Me): Desk {
  return {
    me,
    live: "connecting",
    signedOut: false,
    inbox: emptyInbox,
    signals: noSignals,
    outbox: [],
    stale: new Map(),
    returned: new Map(),
    counts: null,
    people: [],
    notices: null,
  };
}

export function framed(desk: Desk, frame: ServerFrame, now: number): Desk {
  switch (frame.type) {
    case "welcome":
      return { ...desk, inbox: welcomed(desk.inbox, frame), counts: recounted(desk, frame), signals: noSignals };
    case "event":
      return evented(desk, frame);
    case "counters":
      return counted(desk, frame);
    case "people":
      return { ...desk, people: frame.people };
    case "notices":
      return { ...desk, notices: frame.notices };
    case "viewers":
      return { ...desk, signals: looked(desk.signals, frame) };
    case "typing":
      return frame.id === desk.me.account_id ? desk : { ...desk, signals: typed(desk.signals, frame, now) };
    case "goodbye":
      return frame.reason === "signed_out" ? { ...desk, signedOut: true } : desk;
    default:
      return desk;
  }
}

function evented(desk: Desk, entry: Entry): Desk {
  const inbox = happened(desk.inbox, entry);
  if (inbox === desk.inbox) return desk;
  return { ...desk, inbox, signals: spoke(desk.signals, entry), outbox: confirmed(desk.outbox, entry) };
}

/** Where the server begins anew its positions may too: the counters stay in sight, and any others win over them. */
function recounted({ counts }: Desk, welcome: Welcome): Counters | null {
  return counts && !welcome.resumed ? { ...counts, position: 0 } : counts;
}

/** Counters from the socket and from HTTP may cross: the later position wins. */
export function counted(desk: Desk, counts: Counters): Desk {
  return desk.counts && desk.counts.position > counts.position ? desk : { ...desk, counts };
}

export const isOnline = (desk: Desk) => desk.live === "online";

/** Whether snapshots may be loaded: once welcomed, or when sockets do not get through and HTTP is all there is. */
export const mayLoad = (desk: Desk) => desk.inbox.epoch !== null || desk.live === "offline";

export function personOf(desk: Desk, id: string): Person | undefined {
  return desk.people.find((person) => person.id === id);
}

/** Whether I work here, or only look on. */
export const mayAct = (desk: Desk) => (personOf(desk, desk.me.account_id) ?? desk.me).role !== "viewer";
