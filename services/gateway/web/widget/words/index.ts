import { words as ar } from "./ar";
import { words as de } from "./de";
import { en, type Words } from "./en";
import { words as fi } from "./fi";
import { words as fr } from "./fr";
import { words as it } from "./it";
import { words as sv } from "./sv";

export type { Words } from "./en";

const LANGUAGES: Record<string, Words> = { en, de, fr, it, sv, fi, ar };

/** The words in the visitor's language, English where there are none. All come along: fetching one would cost more. */
export function wordsIn(locale: string): Words {
  return LANGUAGES[locale.slice(0, 2).toLowerCase()] ?? en;
}
