/** Who the page says its visitor is. A claim: it is told to the people they write to, and gives no right to anything. */
import { newId } from "../../protocol/ids";
import type { VisitorAsk } from "../../protocol/messages";
import { Refusal } from "../../protocol/refusal";
import type { Memory } from "./memory";
import type { Person } from "./told";

export interface Identity {
  /** What the page says from now on; null for nothing. */
  claim(person: Person | null): void;
  /** Tells the server what it has not been told yet. A `Refusal` is a temporary one; a final one is told to who wrote the page. */
  tell(contact_id: string): Promise<void>;
}

/** `onTold` hears when the server has taken a claim. */
export function createIdentity(memory: Memory, ask: (ask: VisitorAsk) => Promise<unknown>, onTold: () => void): Identity {
  let claimed: Person | null = null;
  let telling: Promise<void> | null = null;

  async function told(contact_id: string, person: Person): Promise<void> {
    const claim = claimOf(contact_id, person);
    const stands = () => claimed !== null && claimOf(contact_id, claimed) === claim; // The page may have said another meanwhile.
    try {
      await ask({ type: "identify_contact", command_id: newId(), contact_id, address: person.email, name: person.name ?? null });
      if (stands()) memory.set("identified", claim);
      onTold();
    } catch (error) {
      if (!(error instanceof Refusal) || error.temporary) throw error;
      console.error("Parley: identify:", error.message);
      if (stands()) claimed = null;
    }
  }

  return {
    claim(person) {
      claimed = person;
    },
    /** Told once: what an agent corrects later stays, however often the page says the same. */
    async tell(contact_id) {
      while (telling) await telling;
      if (!claimed || memory.get("identified") === claimOf(contact_id, claimed)) return;
      await (telling = told(contact_id, claimed).finally(() => (telling = null)));
    },
  };
}

const claimOf = (contact_id: string, { email, name }: Person) => JSON.stringify([contact_id, email, name]);
