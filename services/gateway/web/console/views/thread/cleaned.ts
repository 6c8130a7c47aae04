/** Rich text from anywhere, made harmless once more: only the few elements the editor makes, links only to the web or mail. */

import DOMPurify from "dompurify";
import { cutAtNames } from "../../state/mentions";
import { isSafeAddress } from "../../state/richtext";

const TAGS = ["p", "br", "strong", "b", "em", "i", "ul", "ol", "li", "a", "code", "pre", "blockquote"];

/** The harmless HTML; `@names` get the class `mark`. */
export function cleaned(html: string, names: readonly string[], mark: string): string {
  const body = document.createElement("div");
  body.append(
    DOMPurify.sanitize(html, {
      ALLOWED_TAGS: TAGS,
      ALLOWED_ATTR: ["href", "start"],
      ALLOW_DATA_ATTR: false,
      ALLOW_ARIA_ATTR: false,
      RETURN_DOM_FRAGMENT: true,
    }),
  );
  for (const link of body.querySelectorAll("a")) {
    if (!isSafeAddress(link.getAttribute("href") ?? "")) link.replaceWith(...link.childNodes);
    else {
      link.target = "_blank";
      link.rel = "noopener noreferrer nofollow";
    }
  }
  if (names.length > 0) markNames(body, names, mark);
  return body.innerHTML;
}

function markNames(body: HTMLElement, names: readonly string[], mark: string): void {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const node of texts) {
    const pieces = cutAtNames(node.data, names);
    if (pieces.some((piece) => piece.name))
      node.replaceWith(...pieces.map((piece) => (piece.name ? marked(piece.text, mark) : piece.text)));
  }
}

function marked(text: string, mark: string): HTMLElement {
  const name = document.createElement("b");
  name.className = mark;
  name.textContent = text;
  return name;
}
