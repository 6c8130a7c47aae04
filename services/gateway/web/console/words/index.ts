/** The words of the language in use. */

import { en, type Words } from "./en";

const languages: Record<string, Words> = { en };

export const words: Words = languages[document.documentElement.lang] ?? en;
