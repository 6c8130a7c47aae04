/** What the customer's page says of itself, brought into the form the server takes. */
import type { PageInput } from "../../protocol/messages";

const LONGEST_URL = 2048;
const LONGEST_TITLE = 300;
const LONGEST_NAME = 120;

/** The first of the wishes that names a language (`de_DE` is meant as `de-DE`), else English. */
export function localeOf(...wishes: string[]): string {
  for (const wish of wishes) {
    try {
      return Intl.getCanonicalLocales(wish.replaceAll("_", "-"))[0]!;
    } catch {
      // No name of a language: the next one.
    }
  }
  return "en";
}

/** Lengths are counted in characters, as the server does; half an emoji, which is no text, is replaced. */
function cut(text: string, longest: number): string {
  return [...text.replace(/\p{Surrogate}/gu, "\uFFFD")].slice(0, longest).join("");
}

export function pageOf({ url, title = "" }: PageInput): PageInput {
  return { url: url.slice(0, LONGEST_URL), title: cut(title, LONGEST_TITLE) };
}

/** Who the page says its visitor is. */
export interface Person {
  email: string;
  name?: string;
}

/** What `identify` was given, null where it is no use. That the address is a good one is for the server to say. */
export function personFrom(what: unknown): Person | null {
  const { email, name } = (what ?? {}) as Partial<Record<keyof Person, unknown>>;
  const named = typeof name === "string" && name.trim() ? { name: cut(name.trim(), LONGEST_NAME) } : {};
  return typeof email === "string" && email.includes("@") ? { email: email.trim(), ...named } : null;
}

/** What `setPage` was given, null where it is no page; its address may be relative to `base`. */
export function pageFrom(what: unknown, base: string): PageInput | null {
  const { url, title } = (what ?? {}) as Partial<Record<keyof PageInput, unknown>>;
  if (typeof url !== "string" || !URL.canParse(url, base)) return null;
  const { href, protocol } = new URL(url, base);
  return /^https?:$/.test(protocol) ? pageOf({ url: href, title: typeof title === "string" ? title : "" }) : null;
}
