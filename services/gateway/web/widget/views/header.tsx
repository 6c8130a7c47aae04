import { facesOf, onTheirWay, threadOf, type Chat } from "../state/chat";
import { awaited, firstName, speakerOf, type Speaker } from "../state/reading";
import type { Words } from "../words";
import { Face } from "./face";
import { Icon } from "./icon";
import { lasting, listed } from "./names";
import { useChat, useWidget } from "./widget";

/** Tall with a greeting until something has been said, then a bar with whoever speaks. */
export function Header() {
  const chat = useChat();
  const { words } = useWidget();
  if (chat.list) return <Bar title={words.past} back={() => undefined} />;
  return threadOf(chat) || onTheirWay(chat).length > 0 ? <SpeakerBar /> : <Greeting />;
}

function Greeting() {
  const chat = useChat();
  const { words, actions } = useWidget();
  const faces = chat.team.length > 0 ? chat.team.slice(0, 3) : facesOf(chat).slice(0, 1);
  return (
    <div class="head greet">
      <div class="bar">
        <span class="faces">{faces.map(({ id }) => <Face id={id} key={id} />)}</span>
        <span class="grow" />
        {chat.threads.length > 0 && (
          <button type="button" aria-label={words.past} onClick={() => actions.list(true)}><Icon name="clock" /></button>
        )}
        <Close />
      </div>
      <h1><bdi>{chat.appearance.heading}</bdi></h1>
      <p>{replyTime(chat, words)}</p>
    </div>
  );
}

function replyTime({ team, reply_minutes, locale }: Chat, words: Words): string {
  if (reply_minutes === null || team.length === 0) return words.repliesSoon;
  const names = team.slice(0, 3).map(({ name }) => firstName(name));
  return words.teamReplies(listed(names, locale), names.length === 1, lasting(reply_minutes, locale));
}

function SpeakerBar() {
  const chat = useChat();
  const { words, actions } = useWidget();
  const thread = threadOf(chat);
  const { bot } = chat.greeting;
  const speaker = thread ? speakerOf(thread.entries) : bot ? { kind: "bot" as const, ...bot } : { kind: "team" as const };
  const below = thread && awaited(thread) === "queued" ? words.queued : about(chat, words, speaker);
  const back = () => actions.list(true);
  if (speaker.kind === "team") return <Bar title={words.team} below={below} faces={chat.team.slice(0, 2).map(({ id }) => id)} back={back} />;
  return <Bar title={speaker.name} below={below} faces={[speaker.id]} back={back} />;
}

/** What is known of how soon they answer; else who they are. */
function about({ reply_minutes, locale, team }: Chat, words: Words, speaker: Speaker): string {
  if (speaker.kind === "bot") return words.rightAway;
  if (reply_minutes !== null) return words.repliesIn(lasting(reply_minutes, locale));
  const face = speaker.kind === "agent" && team.find(({ id }) => id === speaker.id);
  return (face && face.title) || words.repliesSoon;
}

interface BarParts {
  title: string;
  below?: string;
  faces?: string[];
  back: () => void;
}

function Bar({ title, below, faces = [], back }: BarParts) {
  const { words } = useWidget();
  const { list, threads } = useChat();
  return (
    <div class="head">
      <div class="bar">
        {!list && threads.length > 0 && <button type="button" aria-label={words.past} onClick={back}><Icon name="back" flip /></button>}
        {faces.length > 0 && <span class="faces">{faces.map((id) => <Face id={id} key={id} />)}</span>}
        <p><b>{title}</b>{below && <small>{below}</small>}</p>
        <Close />
      </div>
    </div>
  );
}

function Close() {
  const { words, host } = useWidget();
  return <button type="button" aria-label={words.close} onClick={() => host.tell({ type: "close" })}><Icon name="close" /></button>;
}
