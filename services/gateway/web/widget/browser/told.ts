/** What the customer's page says of itself, brought into the form the server takes. */
import type { PageInput } from "../../protocol/messages";

const LONGEST_URL = 2048;
const LONGEST_TITLE = 300;

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
export function pageOf({ url, title = "" }: PageInput): PageInput {
  const characters = [...title.replace(/\p{Surrogate}/gu, "\uFFFD")];
  return { url: url.slice(0, LONGEST_URL), title: characters.slice(0, LONGEST_TITLE).join("") };
}
