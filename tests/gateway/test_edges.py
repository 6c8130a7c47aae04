"""Small rules at the edge: greetings, origins, migrations, faces, words, and who may do what."""

import httpx
import pytest
from fastapi import FastAPI

from services.gateway.accounts.access import check_agent_may
from services.gateway.greeting import greeting_of
from services.gateway.http.origins import is_own
from services.gateway.http.pages import widget_page
from services.gateway.http.portraits import face, initials
from services.gateway.http.problems import answer_with_problems
from services.gateway.migrating import MigrationsDisagree, known, to_run
from services.gateway.projections.contacts import words
from shared.contracts.asks import CloseAsk, MarkReadAsk, ReadNoticeAsk
from shared.contracts.bots import AskText, Flow, Say
from shared.contracts.gateway import Role
from shared.contracts.views import Face, Person
from shared.errors import NotAllowed
from shared.messages import new_id
from tests.examples import BEN, CONVERSATION, FLOW, LARCH

LARCHS_FACE = Face(id=LARCH.id, name=LARCH.name, avatar_url="/avatars/larch.svg")


def test_a_greeting_is_everything_up_to_the_first_question() -> None:
    shown = greeting_of(LARCHS_FACE, FLOW)
    assert shown.bubbles == ("Hello!", "Sales or support?")
    assert [reply.label for reply in shown.quick_replies] == ["Sales", "Support"]


def test_a_question_without_choices_has_no_buttons() -> None:
    flow = Flow(start="a", steps={"a": Say(bubbles=("Hi",), then="b"), "b": AskText(bubbles=("What is it?",), then="a")})
    shown = greeting_of(LARCHS_FACE, flow)
    assert (shown.bubbles, shown.quick_replies) == (("Hi", "What is it?"), ())


@pytest.mark.parametrize(
    ("origin", "own"),
    [
        ("https://chat.shop.example", True),
        ("http://127.0.0.1:8080", True),
        ("https://chat.shop.example.evil.example", False),
        ("https://evil.example", False),
        ("http://chat.shop.example", False),
        ("null", False),
        ("", False),
        ("file://127.0.0.1:8080", False),
    ],
)
def test_only_own_pages_may_speak(origin: str, own: bool) -> None:
    assert is_own(origin, "127.0.0.1:8080", "https://chat.shop.example") is own


def test_without_a_host_and_a_public_address_nobody_is_own() -> None:
    assert not is_own("https://evil.example", None, "")


def test_migrations_run_in_order_and_once() -> None:
    assert known() == sorted(known())
    assert to_run(["1", "2", "3"], []) == ["1", "2", "3"]
    assert to_run(["1", "2", "3"], ["1", "2"]) == ["3"]
    assert to_run(["1", "2"], ["2", "1"]) == []


def test_a_database_of_a_newer_version_is_left_alone() -> None:
    with pytest.raises(MigrationsDisagree, match="newer"):
        to_run(["1"], ["1", "2"])


def test_a_hole_in_the_migrations_is_not_filled_silently() -> None:
    with pytest.raises(MigrationsDisagree, match="never run"):
        to_run(["1", "2", "3"], ["1", "3"])


@pytest.mark.parametrize(
    ("name", "letters"), [("Ben Okoro", "BO"), ("Larch", "L"), ("ana maria horvat", "AH"), ("", ""), ("<b> &", "")]
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_name_is_inert_in_its_face() -> None:
    drawn = face(BEN.id, "\"<script> 'x")
    assert "<script" not in drawn


def test_people_have_their_portraits() -> None:
    assert face(BEN.id, BEN.name, "ben") != face(BEN.id, BEN.name)


def test_contacts_are_found_by_words_without_accents() -> None:
    assert words("Ana Hörvat", "ana.h@home.example") == sorted({"ana", "horvat", "h", "home", "example", "ana.h@home.example"})


def ben_as(role: Role) -> Person:
    return Person(id=BEN.id, name=BEN.name, role=role, avatar_url="")


def test_viewers_look_and_change_nothing() -> None:
    notice = ReadNoticeAsk(command_id=new_id(), notice_id=new_id())
    check_agent_may(ben_as("viewer"), notice)
    for ask in (
        CloseAsk(command_id=new_id(), conversation_id=CONVERSATION),
        MarkReadAsk(command_id=new_id(), conversation_id=CONVERSATION, position=1),
    ):
        check_agent_may(ben_as("agent"), ask)
        with pytest.raises(NotAllowed):
            check_agent_may(ben_as("viewer"), ask)


@pytest.mark.parametrize(
    ("origins", "ancestors"),
    [
        ((), "frame-ancestors *"),
        (("https://shop.example",), "frame-ancestors https://shop.example"),
        (("https://shop.example; script-src *",), "frame-ancestors 'none'"),
        (("javascript:alert(1)",), "frame-ancestors 'none'"),
    ],
)
def test_only_listed_sites_may_embed_the_chat(origins: tuple[str, ...], ancestors: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.gateway.http.pages.page", lambda *_name: "<!doctype html>")
    policy = widget_page("", origins).headers["content-security-policy"]
    assert policy.endswith(ancestors)
    assert "unsafe" not in policy


async def test_an_address_that_leads_nowhere_leads_people_back_and_tells_programs() -> None:
    app = FastAPI()
    answer_with_problems(app)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://chat.example") as client:
        shown = await client.get("/somewhere", headers={"accept": "text/html,*/*;q=0.8"})
        told = await client.get("/somewhere", headers={"accept": "application/json"})
    assert (shown.status_code, shown.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert '<a href="/">' in shown.text
    assert (told.status_code, told.json()["code"]) == (404, "not_found")
