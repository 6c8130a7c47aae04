"""The main job, as people do it: a visitor writes, a bot greets and hands over, an agent answers and closes, the mail arrives."""

import re

from playwright.async_api import expect

from tests.infrastructure.smtp import ReceivedMail, SmtpServer
from tests.journeys.conftest import NewAgent, NewVisitor
from tests.journeys.people import Visitor
from tests.parley import Parley


def bodies(mail: ReceivedMail) -> list[str]:
    """Its text and its HTML."""
    parts = [part for part in mail.message.walk() if part.get_content_maintype() == "text"]
    assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
    return [str(part.get_content()) for part in parts]


async def talks_to_larch(ana: Visitor) -> None:
    """Greeting, quick reply, address, hand-over."""
    await ana.opens_chat()
    await ana.sees("Which bicycle is it about?")
    await ana.chooses("Fell 3")
    await ana.sees(re.compile("e-mail address", re.IGNORECASE))
    await ana.says("it is ana.horvat@example.org")
    await ana.sees("A colleague is with you in a moment")


async def test_from_the_first_word_to_the_transcript(
    parley: Parley, mailbox: SmtpServer, visits: NewVisitor, signs_in: NewAgent
) -> None:
    ben = await signs_in()
    await ben.is_alone()
    await ben.ends_all()
    ana = await visits("/demo/bikes/fell-3")
    before = len(mailbox.mails)
    await talks_to_larch(ana)
    await ana.says("I am 168 cm tall, by the way")

    await ben.views("Assigned to me")
    await ben.opens("I am 168 cm tall")
    await ben.sees("Fell 3")
    await expect(ben.page.get_by_role("button", name=re.compile("^Assignee Ben Okoro"))).to_be_visible()
    await expect(ben.page.get_by_role("complementary", name="Contact")).to_contain_text("/demo/bikes/fell-3")

    await ben.comments("She is a regular, only for us")
    await ben.replies("Good morning Ana, it is here in 52.")
    await ana.sees_once("Good morning Ana, it is here in 52.")
    await ana.sees(re.compile("Ben.* joined the conversation"))
    await ana.says("Wonderful, Saturday at 11?")
    await ben.sees("Wonderful, Saturday at 11?")
    await expect(ana.log).not_to_contain_text("regular")

    await ben.closes()
    await expect(ana.chat.get_by_text("This conversation has ended")).to_be_visible()
    await expect(ana.chat.get_by_role("button", name="Start a new chat")).to_be_visible()

    mail = (await mailbox.received(before + 1, within=30))[-1]
    assert list(mail.recipients) == ["ana.horvat@example.org"]
    for body in bodies(mail):
        assert f"{parley.url}/demo/bikes/fell-3" in body
        assert "Good morning Ana, it is here in 52." in body
        assert "regular" not in body
        assert re.search(r"20\d\d", body)
    await ben.sees(re.compile("ranscript.*ana.horvat@example.org"))
    assert len(mailbox.mails) == before + 1


async def test_after_the_end_a_new_chat_begins_and_the_old_one_can_be_read(visits: NewVisitor, signs_in: NewAgent) -> None:
    ben = await signs_in()
    ana = await visits("/demo")
    await ana.reaches_people("Do you repair cargo bikes?")
    await ben.views("All open")
    await ben.opens("Do you repair cargo bikes?")
    await ben.replies("We do, on Tuesdays.")
    await ana.sees_once("We do, on Tuesdays.")
    await ben.closes()
    await ana.chat.get_by_role("button", name="Start a new chat").click()
    await ana.reaches_people("One more thing about pedals")
    await ben.views("All open")
    await ben.opens("One more thing about pedals")
    await expect(ben.log).not_to_contain_text("We do, on Tuesdays.")


async def test_a_channel_with_transcripts_switched_off_sends_none_and_says_why(
    mailbox: SmtpServer, visits: NewVisitor, signs_in: NewAgent
) -> None:
    before = len(mailbox.mails)
    ben = await signs_in()
    ana = await visits("/demo?channel=quiet")
    await ana.reaches_people("Quietly asking about lamps")
    await ben.views("All open")
    await ben.opens("Quietly asking about lamps")
    await ben.replies("They are in.")
    await ben.closes()
    await ben.sees(re.compile("switched off", re.IGNORECASE))
    assert len(mailbox.mails) == before
