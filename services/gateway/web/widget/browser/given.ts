/** What the tests of the browser's side begin with. */
import type { WidgetSession } from "../../protocol/messages";
import type { Memory } from "./memory";
import type { Visitor } from "./session";

export const looks = { brand: "#1e5f4e", heading: "Hello!", company: "Spoke & Larch", side: "right" } as const;
export const page = { url: "https://shop.example/", title: "" };
export const session: WidgetSession = {
  token: "t", contact_id: "ana", epoch: "e1", position: 10, appearance: looks, reply_minutes: null, team: [],
  greeting: { bot: null, bubbles: [], quick_replies: [] }, conversations: [],
};

/** A browser's memory that holds these. */
export function kept(names: Record<string, string> = {}): Memory {
  const all = new Map(Object.entries(names));
  return { get: (name) => all.get(name) ?? null, set: (name, value) => void all.set(name, value) };
}

/** Calls to a server that has not answered yet, but for what is given. */
export function calls(answers: Partial<Visitor> = {}): Visitor {
  const never = () => new Promise<never>(() => undefined);
  const nobody = { headers: () => ({}), token: () => null, forget: () => undefined };
  return { ...nobody, session: never, ask: never, live: never, earlier: never, fileUrl: never, ...answers };
}
