"""Makes what people wrote inert: no script, no image, no style, nothing that loads or runs. Links go to the web or to mail."""

import unicodedata

import nh3
from markupsafe import Markup, escape

from shared.contracts.values import Content

TAGS = {"a", "b", "blockquote", "br", "code", "em", "i", "li", "ol", "p", "pre", "s", "strong", "u", "ul"}
STYLES = {
    "a": {"style": "color:#1d2126;"},
    "blockquote": {"style": "margin:4px 0;padding:0 0 0 12px;border-left:2px solid #d4d7d1;"},
    "ol": {"style": "margin:4px 0;padding:0 0 0 22px;"},
    "p": {"style": "margin:4px 0;"},
    "pre": {"style": "margin:4px 0;white-space:pre-wrap;"},
    "ul": {"style": "margin:4px 0;padding:0 0 0 22px;"},
}
"""Ours, inline, as mail programs want it; styles that come with a message are dropped."""


def as_html(content: Content) -> Markup:
    """The rich form cleaned once more, else the text with its line breaks."""
    if content.html:
        return Markup(_clean(content.html))  # noqa: S704 - what is left are the tags named above, without attributes but links
    return Markup("<br>").join(escape(line) for line in as_text(content).split("\n"))


def _clean(html: str) -> str:
    return nh3.clean(
        _unsteered(html),
        tags=TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        set_tag_attribute_values=STYLES,
        url_schemes={"http", "https", "mailto"},
        strip_comments=True,
        link_rel="noopener noreferrer nofollow",
    )


def as_text(content: Content) -> str:
    """The text, without letters that steer a terminal or a mail program."""
    return _unsteered("\n".join(content.text.splitlines()))


def one_line(text: str) -> str:
    """A name or title in one line."""
    return " ".join("".join(" " if _steers(letter) or letter in "\r\n" else letter for letter in text).split())


def _unsteered(text: str) -> str:
    return "".join(letter for letter in text if letter in "\n\t" or not _steers(letter))


def _steers(letter: str) -> bool:
    """Control characters, line and paragraph separators, and marks that reorder what follows (U+202A-E, U+2066-9)."""
    return (
        unicodedata.category(letter) in {"Cc", "Zl", "Zp"} or letter in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    )
