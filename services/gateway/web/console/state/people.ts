/** Names as faces: initials, tints, and who comes first in a list of colleagues. */

import type { Person } from "../../protocol/messages";

const ANONYMOUS = /^visitor\b/i;
const TINTS = 6;

/** One or two capitals, or null for a visitor we know nothing about. */
export function initials(name: string): string | null {
  if (ANONYMOUS.test(name)) return null;
  const words = name.split(/[\s._-]+/u).filter((word) => /^\p{L}|\p{N}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toLocaleUpperCase() || null;
}

/** A tint 1..6 that belongs to this id for good; 0 for an anonymous visitor. */
export function tint(id: string, name: string): number {
  if (ANONYMOUS.test(name)) return 0;
  let sum = 0;
  for (const char of id) sum = (sum * 31 + char.charCodeAt(0)) % 9973;
  return (sum % TINTS) + 1;
}

export function firstName(name: string): string {
  return ANONYMOUS.test(name) ? name : (name.split(/\s+/u)[0] ?? name);
}

/** Connected and willing, connected but away, or not here. */
export type Presence = "available" | "away" | "offline";

export function presence(person: Person): Presence {
  if (!person.connected) return "offline";
  return person.available ? "available" : "away";
}

const ORDER: Record<Presence, number> = { available: 0, away: 1, offline: 2 };

/** Colleagues who may own a conversation: me first, then who is available, then by name; narrowed by `query`. */
export function choosable(people: readonly Person[], me: string, query: string): Person[] {
  const sought = fold(query);
  return people
    .filter((person) => person.active && fold(person.name).includes(sought))
    .sort(
      (a, b) =>
        Number(b.id === me) - Number(a.id === me) || ORDER[presence(a)] - ORDER[presence(b)] || a.name.localeCompare(b.name),
    );
}

/** Lower case without accents, so that "jose" finds "José". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase().trim();
}
