import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";

const ALLOWED = new Set(["a", "b", "i", "strong", "em", "ul", "ol", "li", "code", "pre", "blockquote", "p", "br"]);
const DROPPED = new Set(["script", "style", "template", "iframe", "object", "noscript", "svg", "math"]);
const LINK = /\bhttps?:\/\/[^\s<>"]+[^\s<>".,:;!?)\]}'’”]/g;

/**
 * Rich text, built anew from what an inert parser found: only the elements of the list, no attribute but a link's address.
 * Anything else leaves its words behind.
 */
export function Rich({ html }: { html: string }): JSX.Element {
  const inside = useMemo(() => children(new DOMParser().parseFromString(html, "text/html").body), [html]);
  return <div class="rich" dir="auto">{inside}</div>;
}

/** Plain text, with its web addresses as links. */
export function Plain({ text }: { text: string }): JSX.Element {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const { 0: url, index } of text.matchAll(LINK)) {
    parts.push(text.slice(from, index), anchor(url, url));
    from = index + url.length;
  }
  return <span class="plain" dir="auto">{[...parts, text.slice(from)]}</span>;
}

function children(parent: Node): ComponentChildren[] {
  return [...parent.childNodes].map(node);
}

function node(found: Node): ComponentChildren {
  if (found.nodeType === Node.TEXT_NODE) return found.nodeValue;
  if (!(found instanceof Element)) return null;
  const name = found.localName;
  if (DROPPED.has(name)) return null;
  if (name === "a") return anchor(found.getAttribute("href") ?? "", children(found));
  if (!ALLOWED.has(name)) return children(found);
  const Tag = name as "p";
  return name === "br" ? <br /> : <Tag>{children(found)}</Tag>;
}

function anchor(href: string, inside: ComponentChildren): ComponentChildren {
  if (!/^(https?:\/\/|mailto:)/i.test(href.trim())) return inside;
  return <a href={href.trim()} target="_blank" rel="noopener noreferrer">{inside}</a>;
}
