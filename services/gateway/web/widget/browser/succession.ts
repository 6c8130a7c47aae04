/** One visitor after another in the same browser: what becomes of the chat when the server takes it for somebody else. */
import { newId } from "../../protocol/ids";
import { withNewcomer, withNobody, type Chat } from "../state/chat";
import { begunAnew } from "../state/outbox";
import { onOtherTab, type Memory } from "./memory";
import type { Sender } from "./sender";
import type { Store } from "./store";
import type { Uploads } from "./uploads";

const THEIRS = ["token", "contact", "draft", "running", "dismissed", "identified", "since"];

export interface Succession {
  /** The server takes this browser for this contact. */
  become(contact_id: string): void;
  /** The server knows this browser no more. The thread is not theirs any more; words that wait begin a new conversation. */
  startOver(): void;
  /** The page says that whoever was here has gone: nothing of theirs stays in this browser. */
  leave(): void;
}

interface Parts {
  channel: string;
  store: Store<Chat>;
  memory: Memory;
  uploads: Uploads;
  sender: () => Sender;
  renew(): void;
  /** What the page has said of whoever was here counts no more. */
  forget(): void;
}

/** Whether this browser still has to forget somebody: who was first met after `gone` (ms, as the page remembers it) is not meant. */
export function hasGone(memory: Memory, gone: number | null): boolean {
  return gone !== null && gone > 1 && Number(memory.get("since")) < gone;
}

export function createSuccession({ channel, store, memory, uploads, sender, renew, forget }: Parts): Succession {
  let isAnew = false;

  /** Words wait for all tabs: the one that hears of it first moves them. */
  function startOver(): void {
    const { contact_id, page } = store.get();
    isAnew = true;
    if (memory.get("contact") === contact_id) {
      sender().change((outbox) => begunAnew(outbox, newId, newId(), page));
      memory.set("contact", ""); // The other tabs hear of it when the words have moved.
    }
    store.change(withNobody);
  }

  function become(contact_id: string): void {
    const { contact_id: was } = store.get();
    if (was && was !== contact_id) startOver();
    if (memory.get("contact") !== contact_id) memory.set("since", `${Date.now()}`);
    memory.set("contact", contact_id);
    if (isAnew) uploads.renew();
    isAnew = false;
  }

  function leave(): void {
    sender().change(() => []);
    for (const name of THEIRS) memory.set(name, "");
    memory.set("left", newId()); // The other tabs hear of it when nothing is left.
    follow();
  }

  /** Somebody has left, here or in another tab. */
  function follow(): void {
    forget();
    uploads.clear();
    store.change((chat) => withNewcomer({ ...chat, outbox: sender().kept() }));
    renew();
  }

  onOtherTab(channel, "left", follow);
  onOtherTab(channel, "contact", () => {
    const { contact_id } = store.get();
    if (!contact_id || contact_id === memory.get("contact")) return;
    isAnew = true;
    store.change((chat) => withNobody({ ...chat, outbox: sender().kept() }));
    renew();
  });

  return { become, startOver, leave };
}
