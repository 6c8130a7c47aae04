"""Visitor tokens and file links: ours, unchanged, in time, or worth nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from services.gateway.accounts import signing
from services.gateway.accounts.signing import FileLinks, Visitor, VisitorTokens
from tests.examples import ANA, CHANNEL, id_of

SECRET = "a secret of thirty-two characters or more"
VISITOR = Visitor(ANA.id, CHANNEL, "hr", "Europe/Zagreb")
TODAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
FILE = id_of("photo")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """The one clock; set its only entry to pass the time."""
    moment = [TODAY]
    monkeypatch.setattr(signing, "now", lambda: moment[0])
    return moment


def test_a_token_is_known_again() -> None:
    tokens = VisitorTokens(SECRET)
    assert tokens.read(tokens.issue(VISITOR)) == VISITOR


@pytest.mark.parametrize("token", [None, "", "nonsense", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "ä" * 50, "x" * 2000])
def test_anything_else_is_nobody(token: str | None) -> None:
    assert VisitorTokens(SECRET).read(token) is None


def test_every_changed_character_spoils_it() -> None:
    tokens = VisitorTokens(SECRET)
    token = tokens.issue(VISITOR)
    for n, sign in enumerate(token[:-1]):
        spoilt = token[:n] + ("A" if sign != "A" else "B") + token[n + 1 :]
        assert tokens.read(spoilt) is None


def test_another_secret_and_another_purpose_sign_nothing_here() -> None:
    parts = [ANA.id, CHANNEL, "en", "UTC"]
    assert VisitorTokens(SECRET).read(VisitorTokens("another secret of thirty-two characters").issue(VISITOR)) is None
    assert VisitorTokens(SECRET).read(str(URLSafeTimedSerializer(SECRET, salt="file").dumps(parts))) is None


def test_a_token_lives_for_a_year(clock: list[datetime]) -> None:
    tokens = VisitorTokens(SECRET)
    token = tokens.issue(VISITOR)
    clock[0] = TODAY + timedelta(days=364)
    assert tokens.read(token) == VISITOR
    clock[0] = TODAY + timedelta(days=366)
    assert tokens.read(token) is None


def test_a_token_from_the_future_is_nobodys(clock: list[datetime]) -> None:
    tokens = VisitorTokens(SECRET)
    token = tokens.issue(VISITOR)
    clock[0] = TODAY - timedelta(seconds=30)
    assert tokens.read(token) == VISITOR, "clocks of two machines differ a little"
    clock[0] = TODAY - timedelta(hours=1)
    assert tokens.read(token) is None


def signature_of(url: str) -> str:
    return url.partition("?sig=")[2]


def test_a_link_opens_its_file_for_an_hour(clock: list[datetime]) -> None:
    links = FileLinks(SECRET)
    signature = signature_of(links.url(FILE, "a photo.jpg"))
    assert links.valid(FILE, signature)
    assert not links.valid(id_of("another"), signature)
    assert not links.valid(FILE, signature[:-2] + "xx")
    assert not links.valid(FILE, "")
    assert not links.valid(FILE, "ä.ö")
    clock[0] = TODAY + timedelta(hours=2)
    assert not links.valid(FILE, signature)


def test_a_link_is_one_word_whatever_the_name() -> None:
    assert "/a%20photo%2F..%3F%23.jpg?sig=" in FileLinks(SECRET).url(FILE, "a photo/..?#.jpg")
