"""What strangers write, where people read it: console, widget and transcript mail. Inert everywhere."""

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import orjson
import pytest
from playwright.async_api import Browser, async_playwright, expect

from services.gateway.demonstration import CHANNEL_ID
from tests.attacks.hostile import EVIL, PAGE, RUN
from tests.attacks.people import BEN, PASSWORD, Colleague, Visitor
from tests.infrastructure.browser import chromium
from tests.infrastructure.smtp import SmtpServer
from tests.parley import Parley
from tests.waiting import eventually


async def attacks(ana: Visitor) -> str:
    """A conversation full of them."""
    conversation_id = await ana.starts("evil begins", page=PAGE)
    file_id = (await ana.uploads(b"x", f'"><img src=x onerror={RUN}>.txt')).json()["file_id"]
    for one in EVIL:
        assert (await ana.says(conversation_id, one, html=f"{one} harmless")).status_code == 200
    assert (await ana.says(conversation_id, "last evil words", file_ids=[file_id])).status_code == 200
    return conversation_id


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**chromium().launch_options)
        yield browser
        await browser.close()


async def test_nothing_runs_where_people_read(parley: Parley, ana: Visitor, ben: Colleague, browser: Browser) -> None:
    conversation_id = await attacks(ana)
    await ben.asks("rename_contact", contact_id=ana.session["contact_id"], name=f"\u202e<img src=x onerror={RUN}>")
    await eventually(lambda: can_be_read(ben, conversation_id))
    context = await browser.new_context()
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = await context.new_page()
    await context.add_cookies([{"name": "parley_session", "value": ben.cookie, "url": parley.url}])
    await page.goto(f"{parley.url}/inbox/all_open/{conversation_id}")
    await expect(page.get_by_role("log", name="Messages")).to_contain_text("last evil words")
    for link in await page.get_by_role("log", name="Messages").get_by_role("link").all():
        assert re.match("https?://|mailto:|/api/files/", await link.get_attribute("href") or "")
    assert await page.evaluate("window.pwned") is None
    assert await page.locator("main iframe, main form[action], main svg[onload], base").count() == 0
    assert not [url for url in asked if "evil.example" in url]
    await context.close()


async def can_be_read(ben: Colleague, conversation_id: str) -> bool:
    return "last evil words" in (await ben.http.get(f"/api/conversations/{conversation_id}")).text


class Tags(HTMLParser):
    """What a mail program would make of it."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


async def test_nor_in_the_mail(ana: Visitor, ben: Colleague, mailbox: SmtpServer) -> None:
    conversation_id = await attacks(ana)
    await ben.asks("assign_conversation", conversation_id=conversation_id, account_id=ben.account_id)
    await ben.writes("post_message", conversation_id, "Bye")
    await ana.asks("identify_contact", contact_id=ana.session["contact_id"], address="ana.evil@example.org")
    before = len(mailbox.mails)
    await ben.asks("close_conversation", conversation_id=conversation_id)
    mail = (await mailbox.received(before + 1, within=20))[-1]
    assert mail.recipients == ("ana.evil@example.org",)
    html = mail.message.get_body(("html",))
    assert html is not None
    tags = Tags()
    tags.feed(html.get_content())
    assert not tags.names & {"script", "img", "svg", "iframe", "form", "base", "style", "math", "button", "object", "link"}
    assert not [name for name, _ in tags.attributes if name.startswith("on")]
    assert all(re.match("https?://|mailto:", value) for name, value in tags.attributes if name in {"href", "src"})
    assert "\u202e" not in html.get_content()
    assert "{{7*7}}" in html.get_content()


async def test_headers_and_envelopes_take_one_line(ana: Visitor, ben: Colleague, mailbox: SmtpServer) -> None:
    conversation_id = await ana.starts()
    await ben.asks("close_conversation", conversation_id=conversation_id)
    sent = {"conversation_id": conversation_id, "transcript_id": "01a1f9e3-4e0b-7653-a5a9-ba7d7fae73bb"}
    before = len(mailbox.mails)
    for sign in ("\r\n", "\n", "\r", "\x0b", "\x85", "\u2028", "\0"):
        for fields in (
            {"subject": f"Yours{sign}Bcc: eve@example.org", "address": "ana@example.org"},
            {"subject": "Yours", "address": f"ana@example.org{sign}Bcc:eve@example.org"},
        ):
            assert (await ben.asks("send_transcript", **sent, **fields)).status_code == 422, (sign, fields)
        claim = f"ana@example.org{sign}RCPT TO:<eve@example.org>"
        assert (await ana.asks("identify_contact", contact_id=conversation_id, address=claim)).status_code == 422
    for address in ("<ana@example.org>", "ana@example.org,eve@example.org", "a b@example.org", '"a"@example.org', "ana@example"):
        assert (await ben.asks("send_transcript", **sent, subject="Yours", address=address)).status_code == 422
    assert len(mailbox.mails) == before


async def test_the_widget_page_says_nothing_of_its_asker(parley: Parley, ana: Visitor) -> None:
    answer = await ana.http.get(f"/widget/{CHANNEL_ID}?x=<script>{RUN}</script>")
    assert RUN not in answer.text
    assert BEN not in orjson.dumps(await ana.opens()).decode()
    assert PASSWORD not in answer.text
    assert parley.url


async def test_an_address_that_unfolds_does_not_break_the_search_for_others(ana: Visitor, ben: Colleague) -> None:
    """U+3316 is six letters once it is folded: a word longer than PostgreSQL can keep whole."""
    await ana.starts()
    address = f"unfolds-{'㌖' * 240}@x.yz"
    assert (await ana.asks("identify_contact", contact_id=ana.session["contact_id"], address=address)).status_code == 200

    async def found() -> bool:
        answer = await ben.http.get("/api/contacts", params={"query": "unfolds"})
        assert answer.status_code == 200, answer.text
        return address in [contact["address"] for contact in answer.json()]

    await eventually(found)


async def test_who_is_told_of_first_speaks_in_that_name_and_it_turns_nothing_round(ana: Visitor, ben: Colleague) -> None:
    claim = {"contact_id": ana.session["contact_id"], "address": "ana.claims@example.org"}
    assert (await ana.asks("identify_contact", **claim, name="x" * 121)).status_code == 422
    assert (await ana.asks("identify_contact", **claim, name=f"\u202eAna <img src=x onerror={RUN}>")).status_code == 200
    conversation_id = await ana.starts("evil begins, last evil words")
    await eventually(lambda: can_be_read(ben, conversation_id))
    thread = (await ben.http.get(f"/api/conversations/{conversation_id}")).json()
    name = f"Ana <img src=x onerror={RUN}>"
    assert thread["conversation"]["contact_name"] == thread["contact"]["name"] == name
    [said] = [entry["event"] for entry in thread["entries"] if "last evil words" in str(entry["event"].get("content"))]
    assert said["author"]["name"] == name
