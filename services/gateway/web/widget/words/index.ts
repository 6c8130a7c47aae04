import { en, type Words } from "./en";

export type { Words } from "./en";

const LANGUAGES: Record<string, () => Promise<{ words: Words }>> = {
  de: () => import("./de"),
  fr: () => import("./fr"),
  it: () => import("./it"),
  sv: () => import("./sv"),
  fi: () => import("./fi"),
  ar: () => import("./ar"),
};

/** The words in the visitor's language, English where there are none; fetched only when needed. */
export async function wordsIn(locale: string): Promise<Words> {
  const load = LANGUAGES[locale.slice(0, 2).toLowerCase()];
  if (!load) return en;
  return load().then(({ words }) => words, () => en);
}
