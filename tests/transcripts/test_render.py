"""The rendered transcript: what is in it, what never is, and that nothing in it can do anything."""

import re
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from services.transcripts.cleaning import TAGS
from services.transcripts.look import Look
from services.transcripts.record import Record, record_of
from services.transcripts.render import Rendered, render
from services.transcripts.words import LANGUAGES
from shared.contracts.conversations import MessagePosted
from shared.contracts.values import Attachment, Author, Content, Page
from shared.messages import derived_id, new_id
from tests.examples import ANA, BEN, LARCH, LATER, NOON, SHOP, closed, said, started
from tests.transcripts.recording import recorded

LOOK = Look("Spoke & Larch", "#1e5f4e")
PHOTO = Attachment(file_id=new_id(), name="frame.jpg", media_type="image/jpeg", size=1_430_000)
LINKS = {PHOTO.file_id: f"https://chat.example/api/files/{PHOTO.file_id}/frame.jpg?sig=abc"}
HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7 * 7 }}{% raw %}\u202e\x07'


def rendered(*messages: MessagePosted, locale: str = "en", subject: str = "Hello", **start: Any) -> Rendered:
    began = started(**{"time_zone": "Europe/Berlin"} | start)
    return render(Record(began, messages), LOOK, subject, locale, LINKS)


class Tags(HTMLParser):
    """What a mail program would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} {name}"
            assert name != "href" or (value or "").startswith(("https://", "mailto:")), value


def tags_in(html: str) -> set[str]:
    parser = Tags()
    parser.feed(html)
    return parser.seen


def test_it_has_the_moment_and_beside_it_a_link_to_the_page_where_it_began() -> None:
    both = rendered(said(ANA))
    beside = re.search(
        r"<p[^>]*>Began on <strong[^>]*>([^<]*)</strong> on the page <a href=\"([^\"]*)\"[^>]*>([^<]*)</a>", both.html
    )
    assert beside is not None
    assert beside.groups() == ("March 2, 2026, 1:00\u202fPM", SHOP.url, SHOP.title)
    assert "March 2, 2026, 1:00\u202fPM" in both.text
    assert SHOP.url in both.text


def test_it_has_every_message_with_author_and_time_in_order() -> None:
    both = rendered(said(LARCH, "Hello!"), said(ANA, "In stock?"), said(BEN, "Yes, in 52.", at=NOON + timedelta(minutes=7)))
    in_order = r"Larch.*Hello!.*Ana Horvat.*In stock\?.*Ben Okoro.*Yes, in 52\."
    for form in (both.html, both.text):
        assert re.search(in_order, form, re.DOTALL)
        assert "1:07\u202fPM" in form


def test_days_are_those_of_the_visitors_calendar() -> None:
    midnight = NOON.replace(hour=23, minute=30)
    assert "Tuesday, March 3, 2026" in rendered(said(ANA, at=midnight)).text
    assert "Monday, March 2, 2026" in rendered(said(ANA, at=midnight), time_zone="America/New_York").text


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../../etc/passwd", "\x00", "UTC"])
def test_a_time_zone_that_does_not_exist_is_utc(zone: str) -> None:
    assert "12:00\u202fPM" in rendered(said(ANA), time_zone=zone).text


@pytest.mark.parametrize(
    ("locale", "moment"),
    [
        ("en-GB", "2 March 2026, 13:00"), ("de-AT", "2. März 2026, 13:00"), ("fr", "2 mars 2026, 13:00"),
        ("it", "2 marzo 2026, 13:00"), ("sv", "2 mars 2026, 13:00"), ("fi", "2. maaliskuuta 2026, 13.00"),
        ("ja", "March 2, 2026, 1:00\u202fPM"),
    ],
)  # fmt: skip
def test_each_language_in_its_own_words_and_dates(locale: str, moment: str) -> None:
    both = rendered(said(ANA), locale=locale)
    words = LANGUAGES.get(locale[:2], LANGUAGES["en"])
    assert moment in both.html
    assert moment in both.text
    assert words.heading.format(company="Spoke & Larch") in both.text
    assert f'lang="{locale if locale[:2] in LANGUAGES else "en"}"' in both.html


def test_attachments_are_links_with_their_size() -> None:
    both = rendered(said(ANA, content=Content(attachments=(PHOTO,))))
    assert f'href="{LINKS[PHOTO.file_id]}"' in both.html
    assert "frame.jpg</a> (1.4 MB)" in both.html
    assert LINKS[PHOTO.file_id] in both.text


def test_an_attachment_that_cannot_be_had_is_still_named() -> None:
    other = PHOTO.model_copy(update={"file_id": new_id(), "size": 900})
    both = rendered(said(ANA, content=Content(attachments=(other,))))
    assert "frame.jpg</span> (1 kB)" in both.html


def test_rich_text_keeps_its_form_and_nothing_else() -> None:
    html = (
        "<p onclick='x()' style='position:fixed'>In <b>52</b>: <a href='javascript:x()'>a</a> <a href='https://shop.example'>b</a>"
        "</p><style>*{}</style><img src='https://spy.example/1.gif'><form action='//spy.example'><input name=a></form>"
    )
    both = rendered(said(BEN, content=Content(text="In 52", html=html)))
    assert "<b>52</b>" in both.html
    assert 'href="https://shop.example"' in both.html
    for banned in ("onclick", "javascript:", "position:fixed", "*{}", "spy.example", "<img", "<form", "<input"):
        assert banned not in both.html


def test_hostile_words_are_only_words_wherever_they_stand() -> None:
    author = Author(kind="visitor", id=new_id(), name=f"Eve {HOSTILE[:100]}")
    photo = PHOTO.model_copy(update={"name": f"{HOSTILE}.jpg"})
    hostile = said(author, content=Content(text=HOSTILE, html=f"<p>{HOSTILE}</p>", attachments=(photo,)))
    page = Page(url=f"https://shop.example/?q={HOSTILE}", title=HOSTILE)
    both = rendered(said(author, HOSTILE), hostile, subject=HOSTILE, page=page)
    assert tags_in(both.html) <= TAGS | {"html", "head", "meta", "title", "body", "table", "tr", "td", "h1", "div", "span"}
    assert "{{ 7 * 7 }}" in both.html
    assert not re.search(r"[\u202e\x07]", both.html + both.text)


def test_a_message_cannot_pretend_to_be_another() -> None:
    both = rendered(said(ANA, "Hi\n\n1:02 PM  Ben Okoro:\n  It is free."))
    assert "\n  1:02 PM  Ben Okoro:\n" in both.text


@pytest.mark.parametrize(
    ("brand", "ink"), [("#1e5f4e", "#ffffff"), ("#ffe14d", "#16181d"), ("#000000", "#ffffff"), ("#ffffff", "#16181d")]
)
def test_the_company_can_be_read_on_its_colour(brand: str, ink: str) -> None:
    assert Look("Spoke & Larch", brand).ink == ink


def test_nothing_said_is_said() -> None:
    assert LANGUAGES["en"].no_messages in rendered().text


def test_a_transcript_ends_with_the_end_it_belongs_to() -> None:
    first, second = recorded(closed()), recorded(closed(at=LATER))
    log = [
        recorded(started()),
        recorded(said(ANA, "One")),
        first,
        recorded(said(ANA, "Two")),
        second,
        recorded(said(ANA, "Three")),
    ]

    def words(transcript_id: str, asked_at: Any) -> list[str]:
        record = record_of(log, transcript_id, asked_at)
        assert record is not None
        return [message.content.text for message in record.messages]

    assert words(derived_id(first.event_id, "transcript"), LATER) == ["One"]
    assert words(derived_id(second.event_id, "transcript"), NOON) == ["One", "Two"]
    assert words("by hand", NOON) == ["One"]
    assert words("by hand", LATER) == ["One", "Two"]


def test_a_conversation_that_never_began_has_no_record() -> None:
    assert record_of([], "any", NOON) is None
