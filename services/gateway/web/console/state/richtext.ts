/** The editor's document as plain text, and whether anything in it needs more than that. */

/** A node of the editor's JSON. */
export interface Doc {
  type?: string;
  text?: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string }[];
  content?: Doc[];
}

const PLAIN = new Set(["doc", "paragraph", "text", "hardBreak", "mention"]);

/** Whether text alone says it all. */
export function isPlain(node: Doc): boolean {
  return PLAIN.has(node.type ?? "") && !node.marks?.length && (node.content ?? []).every(isPlain);
}

export function plainText(node: Doc): string {
  switch (node.type) {
    case "text":
      return node.text ?? "";
    case "hardBreak":
      return "\n";
    case "mention":
      return `@${String(node.attrs?.label ?? "")}`;
    case "bulletList":
      return listText(node, () => "- ");
    case "orderedList":
      return listText(node, (n) => `${n + Number(node.attrs?.start ?? 1)}. `);
    case "doc":
    case "listItem":
      return (node.content ?? []).map(plainText).join("\n").replace(/\n+$/, "");
    default:
      return (node.content ?? []).map(plainText).join("");
  }
}

function listText(node: Doc, mark: (n: number) => string): string {
  return (node.content ?? []).map((item, n) => mark(n) + plainText(item).replaceAll("\n", "\n  ")).join("\n");
}

/** Account ids of everybody mentioned, each once. */
export function mentionsIn(node: Doc): string[] {
  const own = node.type === "mention" ? [String(node.attrs?.id)] : [];
  return [...new Set([...own, ...(node.content ?? []).flatMap(mentionsIn)])];
}

/** Plain text cut at web addresses, which become links; only `http` and `https` do. */
export type Piece = { text: string; href: string | null };

const ADDRESS = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']/gu;

export function linked(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const found of text.matchAll(ADDRESS)) {
    if (found.index > end) pieces.push({ text: text.slice(end, found.index), href: null });
    pieces.push({ text: found[0], href: found[0] });
    end = found.index + found[0].length;
  }
  if (end < text.length) pieces.push({ text: text.slice(end), href: null });
  return pieces;
}

/** Only addresses a link may have. */
export function isSafeAddress(address: string): boolean {
  try {
    return ["http:", "https:", "mailto:"].includes(new URL(address).protocol);
  } catch {
    return false;
  }
}

/** `shop.example` → `https://shop.example`; what has a scheme keeps it. */
export function withScheme(address: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
}
