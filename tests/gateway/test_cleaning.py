"""Rich text from strangers is inert."""

import pytest
from pydantic import ValidationError

from services.gateway.asking.cleaning import clean_html
from shared.contracts.asks import RenameContactAsk
from shared.messages import new_id

HARMLESS = [
    "<p><strong>Bold</strong>, <em>italic</em>, <code>code</code></p>",
    "<ul><li>one</li><li>two</li></ul>",
    '<p>Hi <span data-type="mention" data-id="7" data-label="Ben">@Ben</span></p>',
]
HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><a xlink:href='javascript:alert(1)'>x</a></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<a href='//evil.example/x'>x</a>",
    "<p style='position:fixed' onclick='alert(1)'>x</p>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action='https://evil.example'><input name=q></form>",
    "<style>*{background:url(https://evil.example)}</style>",
]


@pytest.mark.parametrize("html", HARMLESS)
def test_what_is_harmless_stays(html: str) -> None:
    assert clean_html(html) == html


@pytest.mark.parametrize("html", HOSTILE)
def test_what_is_hostile_goes(html: str) -> None:
    cleaned = (clean_html(html) or "").lower()
    for word in ("script", "onerror", "onload", "onclick", "javascript:", "data:", "style", "iframe", "svg", "form", "//evil"):
        assert word not in cleaned


def test_links_do_not_vouch_for_their_target() -> None:
    cleaned = clean_html('<a href="https://shop.example/">shop</a>')
    assert cleaned == '<a href="https://shop.example/" rel="noopener noreferrer nofollow">shop</a>'


@pytest.mark.parametrize("html", [None, "", "<p></p>", "<script>alert(1)</script>", "<p> </p>"])
def test_nothing_to_read_is_no_rich_text(html: str | None) -> None:
    assert clean_html(html) is None


@pytest.mark.parametrize("given", ["\u202eAna", "Ana\u2028", "\x00Ana\r\n", "\u2067Ana\u2069"])
def test_a_name_turns_nothing_round(given: str) -> None:
    ask = RenameContactAsk(command_id=new_id(), contact_id=new_id(), name=given)
    assert ask.name == "Ana"


def test_a_name_of_nothing_else_is_none() -> None:
    with pytest.raises(ValidationError):
        RenameContactAsk(command_id=new_id(), contact_id=new_id(), name="\u202e\u2066")
