/** The loader's one word; the frame brings all others. */
const OPEN: Record<string, string> = {
  en: "Open chat",
  de: "Chat öffnen",
  fr: "Ouvrir le chat",
  it: "Apri la chat",
  sv: "Öppna chatten",
  fi: "Avaa keskustelu",
  ar: "فتح المحادثة",
};

export const openIn = (locale: string) => OPEN[locale.slice(0, 2).toLowerCase()] ?? OPEN.en!;
