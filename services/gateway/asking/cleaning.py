"""Rich text from a browser, reduced to what bubbles and mails may hold."""

import nh3

TAGS = {"p", "br", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li", "code", "pre", "blockquote", "span"}
ATTRIBUTES = {"a": {"href"}, "span": {"data-type", "data-id", "data-label"}}
SCHEMES = {"http", "https", "mailto"}


def clean_html(html: str | None) -> str | None:
    """The harmless part of `html`; None when nothing that can be read is left."""
    if html is None:
        return None
    cleaned = nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer nofollow",
        url_relative="deny",
    )
    return cleaned if nh3.clean(cleaned, tags=set()).strip() else None
