// @vitest-environment happy-dom
import { render } from "preact";
import { expect, test } from "vitest";
import { Plain, Rich } from "./rich";

function shown(view: preact.ComponentChild): string {
  const place = document.createElement("div");
  render(view, place);
  return place.innerHTML;
}

const rich = (html: string) => shown(<Rich html={html} />).replace(/^<div class="rich" dir="auto">|<\/div>$/g, "");

test("what an editor writes stays", () => {
  const html = "<p>The <b>52</b>, <em>please</em></p><ul><li><code>a</code></li></ul><blockquote>And this</blockquote>";
  expect(rich(html)).toBe(html);
});

test.each([
  ["<script>alert(1)</script>Hi", "Hi"],
  ["<img src=x onerror=alert(1)>Hi", "Hi"],
  ["<p onclick=alert(1) style=color:red>Hi</p>", "<p>Hi</p>"],
  ["<h1><font>Hi</font></h1>", "Hi"],
  ["<svg><a href='https://x.example'>Hi</a></svg>", ""],
  ["<iframe srcdoc='x'></iframe><style>p{}</style>Hi", "Hi"],
  ["<a href='javascript:alert(1)'>Hi</a>", "Hi"],
  ["<a href=' data:text/html,x'>Hi</a>", "Hi"],
])("%s becomes %s", (html, expected) => expect(rich(html)).toBe(expected));

test("links open beside the chat and learn nothing of it", () => {
  const link = '<a href="https://example.org/" target="_blank" rel="noopener noreferrer">Table</a>';
  expect(rich('<a href="https://example.org/" target="_self" onclick="x()">Table</a>')).toBe(link);
});

test("plain text is text, with its web addresses as links", () => {
  const html = shown(<Plain text={"<b>See</b> https://example.org/a?b=1, or (https://example.org)."} />);
  expect(html).toContain("&lt;b&gt;See&lt;/b&gt;");
  expect(html).toContain('href="https://example.org/a?b=1"');
  expect(html).toContain('href="https://example.org"');
  expect(html).not.toContain("javascript");
});
