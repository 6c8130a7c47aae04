"""What visitors and agents see while processes die under them: nothing lost, nothing doubled."""

from collections.abc import Sequence

import pytest
from playwright.async_api import expect

from tests.journeys.conftest import NewAgent, NewVisitor
from tests.parley import Parley
from tests.waiting import eventually


async def test_an_unsent_message_survives_a_reload_and_is_posted_once(
    parley: Parley, visits: NewVisitor, signs_in: NewAgent
) -> None:
    ana = await visits("/demo")
    await ana.reaches_people("Before the tunnel")
    parley.services["conversations"].kill()
    await ana.says("Inside the tunnel")
    await ana.sees_once("Inside the tunnel")
    await ana.page.reload()
    await ana.sees_once("Inside the tunnel")
    parley.services["conversations"].start()
    ben = await signs_in()
    await ben.views("All open")
    await ben.opens("Inside the tunnel")
    await expect(ben.log.get_by_text("Inside the tunnel", exact=True)).to_have_count(1)
    await ana.sees_once("Inside the tunnel")


async def test_the_console_says_it_is_reconnecting_and_misses_nothing(
    parley: Parley, visits: NewVisitor, signs_in: NewAgent
) -> None:
    ben, ana = await signs_in(), await visits("/demo")
    await ana.reaches_people("Hello from before")
    await ben.views("All open")
    await ben.opens("Hello from before")
    parley.services["gateway"].kill()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_visible()
    await ana.says("Hello from between")
    parley.services["gateway"].start()
    await expect(ben.page.get_by_text("Reconnecting…")).to_be_hidden()
    await expect(ben.log.get_by_text("Hello from between", exact=True)).to_have_count(1)
    await ben.replies("I am back.")
    await ana.sees_once("I am back.")


async def test_what_could_not_be_loaded_without_a_network_comes_with_it_and_takes_the_comment_meant_for_it(
    visits: NewVisitor, signs_in: NewAgent
) -> None:
    ben, ana, bo = await signs_in(), await visits("/demo"), await visits("/demo")
    await ana.reaches_people("Open before the tunnel")
    await bo.reaches_people("Opened inside of it")
    await ben.page.clock.install()
    await ben.opens("Open before the tunnel")
    await ben.page.context.set_offline(True)
    await ben.list.get_by_role("link").filter(has_text="Opened inside of it").click()
    failed = ben.page.get_by_role("alert").filter(has_text="could not be loaded")

    async def all_tries_made() -> bool:
        await ben.page.clock.fast_forward(10_000)
        return await failed.count() == 2

    await eventually(all_tries_made)
    contact = ben.page.get_by_role("complementary", name="Contact")
    await expect(contact.get_by_role("button", name="Try again")).to_be_visible()
    await ben.page.keyboard.press("c")
    await ben.page.context.set_offline(False)
    await ben.sees("Opened inside of it")
    await expect(contact).to_contain_text("E-mail")
    await expect(failed).to_have_count(0)
    await expect(ben.page.get_by_role("textbox", name="Comment")).to_be_focused()


@pytest.mark.parametrize(
    "victims",
    [("conversations",), ("routing",), ("bots",), ("transcripts",), ("notifications",), ("gateway",)],
    ids=lambda victims: victims[0],
)
async def test_the_main_job_survives_the_death_of_each_process(
    parley: Parley, visits: NewVisitor, signs_in: NewAgent, victims: Sequence[str]
) -> None:
    words = f"Does it survive {victims[0]}?"
    ben, ana = await signs_in(), await visits("/demo")
    await ana.opens_chat()
    await ana.chooses("A repair")
    _die_and_rise(parley, victims)
    address = f"{victims[0]}@example.org"
    await ana.says(address)
    await ana.sees("A colleague is with you in a moment")
    await ana.says(words)
    _die_and_rise(parley, victims)
    await ben.views("All open")
    await ben.opens(words)
    await ben.replies("It does.")
    _die_and_rise(parley, victims)
    await ana.sees_once("It does.")
    await expect(ben.log.get_by_text(words, exact=True)).to_have_count(1)
    await ben.closes()
    await expect(ana.chat.get_by_role("button", name="Start a new chat")).to_be_visible()
    await ben.sees(address)


def _die_and_rise(parley: Parley, victims: Sequence[str]) -> None:
    for victim in victims:
        parley.services[victim].restart()
