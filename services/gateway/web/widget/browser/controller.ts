/** Joins the parts: what the visitor does, what the server says, what the customer's page wants. */
import { newId } from "../../protocol/ids";
import type { Attachment, Entry, QuickReply } from "../../protocol/messages";
import type { ToFrame } from "../bridge";
import { parseDismissed, threadOf, TYPING_MS, unreadIn, withChosen, type Chat } from "../state/chat";
import { isStuck, retried } from "../state/outbox";
import type { Words } from "../words";
import { createConnection } from "./connection";
import type { Host } from "./host";
import { createIdentity } from "./identity";
import { createListening } from "./listening";
import { onOtherTab, type Memory } from "./memory";
import { createReader } from "./reader";
import { createReporter } from "./reporter";
import { createSender, type Sender } from "./sender";
import type { Visitor } from "./session";
import type { Store } from "./store";
import { createSuccession } from "./succession";
import type { Person } from "./told";
import type { Uploads } from "./uploads";

const TYPING_EVERY_MS = 3_000;

export interface Actions {
  say(text: string, files: Attachment[]): void;
  retry(message_id: string): void;
  typing(): void;
  earlier(): Promise<void>;
  /** Answers with one of the bot's replies. */
  choose(reply: QuickReply): void;
  /** Shows this conversation, null for a new one. */
  show(conversation_id: string | null): void;
  list(shown: boolean): void;
  dismissPeek(): void;
  fileUrl(file_id: string): Promise<string>;
}

export interface Controller {
  actions: Actions;
  hear(message: ToFrame): void;
}

export interface Parts {
  channel: string;
  store: Store<Chat>;
  visitor: Visitor;
  memory: Memory;
  uploads: Uploads;
  host: Host;
  words: Words;
}

export function createController({ channel, store, visitor, memory, uploads, host, words }: Parts): Controller {
  const reporter = createReporter(host, words);
  const succession = createSuccession({
    channel, store, memory, uploads, sender: () => sender, renew: () => connection.renew(), forget: () => identity.claim(null),
  });
  const connection = createConnection(store, visitor, { event, visitor: succession.become, refused: succession.startOver });
  const reader = createReader(store.get, connection.ask);
  const identity = createIdentity(memory, connection.ask, () => reporter.happened("contactAssociated", {}));
  const keep = () => store.change((chat) => ({ ...chat, outbox: sender.kept() }));
  const recall = () => store.change((chat) => ({ ...chat, dismissed: parseDismissed(memory.get("dismissed")) }));
  const sender: Sender = createSender(channel, memory, { ready, ask: connection.ask }, keep, (one) => {
    store.change((chat) => ({ ...chat, accepted: [...chat.accepted, one] }));
    if (one.page) reporter.happened("conversationStarted", { conversationId: one.conversation_id });
  });
  let lastTyped = 0;

  onOtherTab(channel, "outbox", keep);
  onOtherTab(channel, "dismissed", recall);
  document.addEventListener("visibilitychange", reader);
  store.change((chat) => ({ ...chat, contact_id: memory.get("contact") ?? "" }));
  recall();
  store.subscribe(report);
  keep();

  function report(chat: Chat): void {
    reader();
    reporter.report(chat);
    const running = chat.threads.find(({ status }) => status === "open")?.conversation_id ?? "";
    if (chat.loaded && running !== memory.get("running")) memory.set("running", running);
    if (chat.loaded && chat.threads.length > 0) void tellWho();
  }

  /** Who the visitor is comes before their words, so that these are said in their name. */
  async function ready(): Promise<void> {
    await connection.ready();
    await tellWho();
  }

  /** Where the server cannot answer now, the next words or the next thing that happens try again. */
  async function tellWho(): Promise<void> {
    await identity.tell(store.get().contact_id).catch(() => undefined);
  }

  function claim(person: Person): void {
    identity.claim(person);
    report(store.get());
  }

  function leave(): void {
    succession.leave();
    recall();
    host.tell({ type: "known", kept: "" });
  }

  /** The others take whose words have come for silent: who has gone on typing since says so once more. */
  function goneOn(): void {
    if (Date.now() - lastTyped > TYPING_MS) return;
    lastTyped = 0;
    typing();
  }

  function event(entry: Entry): void {
    reporter.announce(entry);
    if (entry.event.type === "message_posted" && entry.event.author.kind === "visitor") goneOn();
  }

  /**
   * Words for a conversation that nobody has begun yet begin it, on the page the visitor is on. Until the server has answered
   * they go on with the one that was running when this browser last heard, unless the visitor or the page wanted another.
   */
  function say(text: string, files: Attachment[]): void {
    const { current, loaded, chosen, outbox, accepted, page } = store.get();
    const running = loaded || chosen ? null : memory.get("running");
    const conversation_id = current ?? (running || newId());
    const written = [...outbox, ...accepted].some((one) => one.conversation_id === conversation_id && !isStuck(one));
    const begun = written || conversation_id === running || threadOf(store.get());
    const ids = { command_id: newId(), message_id: newId(), conversation_id };
    const said = { text, files, at: new Date().toISOString(), page: begun ? null : page, refused: null, retry: false };
    store.change((chat) => ({ ...chat, current: conversation_id }));
    sender.change((kept) => [...kept, { ...ids, ...said }]);
    lastTyped = 0;
  }

  function retry(message_id: string): void {
    const fresh = newId();
    sender.change((outbox) => retried(outbox, message_id, newId, fresh, store.get().page));
    if (store.get().outbox.some(({ conversation_id }) => conversation_id === fresh)) show(fresh);
  }

  function show(current: string | null): void {
    store.change((chat) => withChosen(chat, current));
  }

  function typing(): void {
    const thread = threadOf(store.get());
    if (thread?.status !== "open" || Date.now() - lastTyped < TYPING_EVERY_MS) return;
    lastTyped = Date.now();
    connection.typing({ type: "typing", conversation_id: thread.conversation_id });
  }

  function choose({ label, value }: QuickReply): void {
    say(label, []);
    reporter.happened("quickReplyButtonClick", { conversationId: store.get().current, value });
  }

  function dismissPeek(): void {
    memory.set("dismissed", `${store.get().epoch} ${unreadIn(store.get()).at(-1)?.position ?? 0}`);
    recall();
  }

  return {
    actions: {
      say, retry, typing, choose, dismissPeek,
      show(conversation_id) {
        show(conversation_id);
        if (conversation_id) reporter.happened("userSelectedThread", { conversationId: conversation_id });
      },
      list: (list) => store.change((chat) => ({ ...chat, list })),
      fileUrl: visitor.fileUrl,
      async earlier() {
        const thread = threadOf(store.get());
        if (thread?.earlier) await connection.earlier(thread.conversation_id, thread.earlier);
      },
    },
    hear: createListening(store, { show, claim, leave, dismissPeek }),
  };
}
