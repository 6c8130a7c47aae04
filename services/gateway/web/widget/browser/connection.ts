/** Keeps the chat equal to the log: the session's snapshot, then every event; a new snapshot when the server says so. */
import type { EntriesPage } from "../../protocol/http";
import { createLive, liveUrl, type Live } from "../../protocol/live";
import type { Accepted, Entry, ServerFrame, Typing, VisitorAsk } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import { TYPING_MS, withEvent, withSession, withTyping, type Chat } from "../state/chat";
import { withEarlier } from "../state/threads";
import { painted } from "./painted";
import type { Visitor } from "./session";
import type { Store } from "./store";

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 20_000;

export interface Connection {
  ask(ask: VisitorAsk): Promise<Accepted>;
  typing(frame: Typing): void;
  earlier(conversation_id: string, before: number): Promise<void>;
  /** Resolves once the server knows who is here. */
  ready(): Promise<unknown>;
  /** Begins with a new session: somebody else is here. */
  renew(): void;
}

export interface Heard {
  /** What happens from now on, each event once. */
  event(entry: Entry): void;
  /** Who is here, before what is theirs is shown. */
  visitor(contact_id: string): void;
  /** The token counts no more. */
  refused(): void;
}

export function createConnection(store: Store<Chat>, visitor: Visitor, heard: Heard): Connection {
  let live: Live<VisitorAsk> | null = null;
  let place = { epoch: "", position: 0 };
  let buffer: Entry[] | null = null;
  let wanted = 0;
  let begins = 0;
  let refusals = 0;
  let begun = begin(painted()); // The visitor can write before the server is asked.

  async function begin(after: Promise<unknown>): Promise<Live<VisitorAsk>> {
    const mine = ++begins;
    await after;
    await snapshot(0);
    if (mine !== begins) return begun;
    live = createLive<VisitorAsk>({
      url: liveUrl("/api/widget/live"),
      hello: () => ({ type: "hello", token: visitor.token(), ...place }),
      post: visitor.ask,
      poll: visitor.live,
      onFrame: hear,
      onState: (state) => store.change((chat) => (chat.live === state ? chat : { ...chat, live: state })),
    });
    return live;
  }

  /** A snapshot that is not older than `position`, asked for until there is one. */
  async function snapshot(position: number): Promise<void> {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      if ((await refresh()) >= position) return;
      store.change((chat) => (chat.loaded || chat.live === "offline" ? chat : { ...chat, live: "offline" }));
      await wait(pause * (0.5 + Math.random() / 2));
    }
  }

  /** One try; the snapshot's position, or -1. An older answer than what is on screen is dropped. */
  async function refresh(): Promise<number> {
    const { page, locale } = store.get();
    try {
      const session = await visitor.session(page, locale);
      const isOther = live && session.contact_id !== store.get().contact_id;
      heard.visitor(session.contact_id);
      if (isOther) renew(); // What is connected still speaks for who was here before.
      const { epoch, threads } = store.get();
      const newest = Math.max(0, ...threads.map(({ position }) => position));
      if (session.epoch === epoch && session.position < newest) return -1;
      place = { epoch: session.epoch, position: session.position };
      store.change((chat) => withSession(chat, session));
      return session.position;
    } catch (error) {
      if (error instanceof Refusal && !error.temporary) console.error("Parley:", error.message); // For who wrote the page.
      return -1;
    }
  }

  function hear(frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        if (!frame.resumed) void catchUp(frame.position);
        return;
      case "event": {
        const entry = { position: frame.position, event: frame.event };
        if (buffer) buffer.push(entry);
        else fold(entry);
        return;
      }
      case "typing":
        store.change((chat) => withTyping(chat, frame, Date.now()));
        setTimeout(fadeTyping, TYPING_MS);
        return;
      case "goodbye":
        if (frame.reason === "signed_out") refused();
    }
  }

  /** Our token counts no more: a new visitor at once. The pause keeps a server that says so again and again from being stormed. */
  function refused(): void {
    visitor.forget();
    heard.refused();
    renew(refusals++ ? wait(LONGEST_PAUSE_MS) : Promise.resolve());
  }

  function renew(after: Promise<unknown> = Promise.resolve()): void {
    live?.stop();
    live = buffer = null;
    begun = begin(after);
  }

  /** Our position is of no use to the server: what comes meanwhile waits until the new snapshot is there. */
  async function catchUp(position: number): Promise<void> {
    wanted = position;
    if (buffer) return;
    buffer = [];
    for (let loaded = -1; loaded !== wanted; ) {
      loaded = wanted;
      await snapshot(loaded);
    }
    const waiting: Entry[] = buffer ?? []; // Empty for somebody else.
    buffer = null;
    waiting.forEach(fold);
  }

  function fold(entry: Entry): void {
    const before = store.get();
    store.change((chat) => withEvent(chat, entry));
    if (store.get() !== before) heard.event(entry);
  }

  function fadeTyping(): void {
    store.change((chat) => (chat.typist && chat.typist.until <= Date.now() ? { ...chat, typist: null } : chat));
  }

  return {
    ask: async (ask) => (live ?? (await begun)).ask(ask),
    ready: () => begun,
    renew,
    typing: (frame) => live?.signal(frame),
    async earlier(id, before) {
      const page: EntriesPage = await visitor.earlier(id, before);
      store.change((chat) => ({ ...chat, threads: withEarlier(chat.threads, id, page) }));
    },
  };
}

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
