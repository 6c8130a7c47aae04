import type { Thread } from "../../../protocol/messages";
import { useAsk } from "../../hooks/ask";
import { useNow } from "../../hooks/now";
import { clockIn, placeOf, shortDay } from "../../state/time";
import { words } from "../../words";
import { Avatar } from "../parts/Avatar";
import styles from "./contact.module.css";
import { Editable } from "./Editable";
import { Past } from "./Past";
import { Section } from "./Section";
import { TicketCard } from "./TicketCard";
import { Visit } from "./Visit";

const say = words.contact;
const ADDRESS = /^[^\s@<>,;:"\\]+@[^\s@<>,;:"\\]+\.[^\s@<>,;:"\\]+$/;

const checkName = (name: string) => (name.length > 0 && name.length <= 120 ? null : say.wrongName);
const checkAddress = (address: string) => (ADDRESS.test(address) && address.length <= 254 ? null : say.wrongAddress);

function languageOf(locale: string): string {
  try {
    return new Intl.DisplayNames([words.language], { type: "language" }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}

/** All that is known of a contact, the parts that can be corrected among it. */
export function ContactBody({ thread }: { thread: Thread }) {
  const { contact, conversation, past } = thread;
  const { contact_id } = contact;
  const { ask } = useAsk();
  const now = useNow();
  const localTime = clockIn(contact.time_zone, now);
  return (
    <>
      <header className={styles.head}>
        <Avatar id={contact_id} name={contact.name} size={44} />
        <div>
          <h2>
            <Editable
              value={contact.name}
              label={say.name}
              edit={say.editName}
              add={say.editName}
              check={checkName}
              onSave={(name) => ask({ type: "rename_contact", contact_id, name })}
            />
          </h2>
          {localTime && (
            <p className={styles.whisper}>
              {placeOf(contact.time_zone)}, {localTime}
            </p>
          )}
        </div>
      </header>
      <Section title={say.about}>
        <dl className={styles.props}>
          <div>
            <dt>{say.address}</dt>
            <dd>
              <Editable
                type="email"
                value={contact.address}
                label={say.address}
                edit={say.editAddress}
                add={say.addAddress}
                check={checkAddress}
                onSave={(address) => ask({ type: "identify_contact", contact_id, address })}
              />
            </dd>
          </div>
          <div>
            <dt>{say.language}</dt>
            <dd>{languageOf(contact.locale)}</dd>
          </div>
          <div>
            <dt>{say.firstSeen}</dt>
            <dd>{shortDay(contact.met_at, now)}</dd>
          </div>
        </dl>
      </Section>
      {conversation.ticket_id && (
        <Section title={say.ticket}>
          <TicketCard open={conversation.ticket_open} entries={thread.entries} />
        </Section>
      )}
      <Section title={say.visit}>
        <Visit row={conversation} />
      </Section>
      <Section title={say.past} count={past.length}>
        <Past rows={past} />
      </Section>
    </>
  );
}
