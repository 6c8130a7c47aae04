/** The loader's few words: open and close. */
const WORDS: Record<string, [open: string, close: string]> = {
  en: ["Open chat", "Close chat"],
  de: ["Chat öffnen", "Chat schließen"],
  fr: ["Ouvrir le chat", "Fermer le chat"],
  it: ["Apri la chat", "Chiudi la chat"],
  sv: ["Öppna chatten", "Stäng chatten"],
  fi: ["Avaa keskustelu", "Sulje keskustelu"],
  ar: ["فتح المحادثة", "إغلاق المحادثة"],
};

export const wordsIn = (locale: string) => WORDS[locale.slice(0, 2).toLowerCase()] ?? WORDS.en!;
