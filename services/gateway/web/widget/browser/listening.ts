/** What the customer's page asks of the chat, and how it is told that it has asked for something that is not there. */
import type { PageInput } from "../../protocol/messages";
import type { ToFrame } from "../bridge";
import type { Chat } from "../state/chat";
import type { Store } from "./store";
import { pageFrom, pageOf, personFrom, type Person } from "./told";

export interface Wishes {
  show(conversation_id: null): void;
  claim(person: Person): void;
  leave(): void;
  /** Whoever shuts the card need not be shown again what was in it. */
  dismissPeek(): void;
}

export function createListening(store: Store<Chat>, wishes: Wishes): (message: ToFrame) => void {
  let address = store.get().page;
  /** What the page says of itself counts for more than its address. */
  let said: PageInput | null = null;

  function at(page: PageInput, news: Partial<Chat> = {}): void {
    address = pageOf(page);
    store.change((chat) => ({ ...chat, ...news, page: said ?? address }));
  }

  function setPage(what: unknown): void {
    const page = pageFrom(what, address.url);
    if (what && !page) return console.error("Parley: setPage takes { url, title }, a page that is http or https; or nothing");
    said = page;
    at(address);
  }

  function identify(what: unknown): void {
    const person = personFrom(what);
    if (person) wishes.claim(person);
    else console.error("Parley: identify takes { email, name }, an e-mail address and maybe a name");
  }

  return (message) => {
    switch (message.type) {
      case "open":
        return at(message.page, { open: true });
      case "close":
        wishes.dismissPeek();
        return at(message.page, { open: false });
      case "page":
        return at(message.page);
      case "new_thread":
        at(message.page);
        return wishes.show(null);
      case "set_page":
        return setPage(message.what);
      case "identify":
        return identify(message.what);
      case "clear":
        said = null;
        at(address);
        return wishes.leave();
    }
  };
}
