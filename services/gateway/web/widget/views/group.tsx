import { Fragment } from "preact";
import type { Author, Content } from "../../protocol/messages";
import { clock } from "../../protocol/time";
import type { Item } from "../../protocol/timeline";
import { facesOf, type Pending, type Typist } from "../state/chat";
import { firstName, newestOwn } from "../state/reading";
import type { Thread } from "../state/threads";
import { Files } from "./files";
import { Face } from "./face";
import { QuickReplies } from "./quick";
import { Plain, Rich } from "./rich";
import { PendingStatus, SentStatus } from "./status";
import { useChat, useWidget } from "./widget";

type GroupItem = Extract<Item, { kind: "group" }>;

interface GroupParts {
  group: GroupItem;
  /** Whether the reader has just been told who this is. */
  known: boolean;
  thread: Thread;
  /** Whether the visitor's newest words are in the thread, and none are on their way. */
  settled: boolean;
}

/** Bubbles that one person said one after the other; the portrait stands at the last. */
export function Group({ group: { author, bubbles }, known, thread, settled }: GroupParts) {
  const mine = author.kind === "visitor";
  const newest = bubbles.at(-1)?.position ?? 0;
  return (
    <div class={mine ? "m mine" : "m"}>
      {!mine && <Face id={author.id} />}
      {bubbles.map(({ event }, at) => (
        <Bubble author={author} content={event.content} at={event.at} named={!mine && at === 0 && !known} key={event.message_id} />
      ))}
      {mine && settled && newest === newestOwn(thread) && <SentStatus thread={thread} position={newest} />}
    </div>
  );
}

/** What the bot says before anything has been said: as it will stand in the thread. */
export function GreetingGroup() {
  const { greeting, current } = useChat();
  if (!greeting.bot || greeting.bubbles.length === 0) return null;
  const author: Author = { kind: "bot", id: greeting.bot.id, name: greeting.bot.name };
  return (
    <>
      <div class="m">
        <Face id={author.id} />
        {greeting.bubbles.map((text, at) => <Bubble author={author} content={said(text)} named={at === 0} key={at} />)}
      </div>
      {current === null && <QuickReplies replies={greeting.quick_replies} />}
    </>
  );
}

/** Own messages the server has not put into the thread yet. */
export function PendingGroup({ pending }: { pending: Pending[] }) {
  const { contact_id } = useChat();
  if (pending.length === 0) return null;
  const author: Author = { kind: "visitor", id: contact_id, name: "" };
  return (
    <div class="m mine">
      {pending.map((one, at) => (
        <Fragment key={one.message_id}>
          <Bubble author={author} content={{ ...said(one.text), attachments: one.files }} at={one.at} pending={!one.taken && !one.refused} />
          {(at === pending.length - 1 || one.refused) && <PendingStatus one={one} />}
        </Fragment>
      ))}
    </div>
  );
}

export function Typing({ typist }: { typist: Typist }) {
  const { words } = useWidget();
  return (
    <div class="m typing">
      <Face id={typist.id} />
      <p class="b"><span class="sr">{words.typing(firstName(typist.name))}</span><i /><i /><i /></p>
    </div>
  );
}

function said(text: string): Content {
  return { text, html: null, attachments: [], quick_replies: [] };
}

interface BubbleParts {
  author: Author;
  content: Content;
  at?: string;
  named?: boolean;
  pending?: boolean;
}

function Bubble({ author, content, at, named = false, pending = false }: BubbleParts) {
  const chat = useChat();
  const { words } = useWidget();
  const time = at ? clock(at, chat.locale) : "";
  const title = facesOf(chat).find(({ id }) => id === author.id)?.title;
  const who = author.kind === "visitor" ? words.you : author.name;
  const name = <b class="name">{author.kind === "bot" && title ? `${author.name}, ${title}` : author.name}</b>;
  return (
    <>
      {content.text && (
        <div class={pending ? "b pending" : "b"} title={time}>
          {named ? name : <span class="sr">{who}</span>}
          <span class="sr">{time && `, ${time}: `}</span>
          {content.html ? <Rich html={content.html} /> : <Plain text={content.text} />}
        </div>
      )}
      <Files files={content.attachments} who={content.text ? "" : `${who}, ${time}: `} />
    </>
  );
}
