/** A text cut where it mentions somebody: `@Mira Lund` is a piece of its own. */
export function cutAtNames(text: string, names: readonly string[]): { text: string; name: boolean }[] {
  if (names.length === 0) return [{ text, name: false }];
  const escaped = [...names].sort((a, b) => b.length - a.length).map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const mention = new RegExp(`(@(?:${escaped.join("|")}))`, "gu");
  return text.split(mention).flatMap((piece, n) => (piece === "" ? [] : [{ text: piece, name: n % 2 === 1 }]));
}
