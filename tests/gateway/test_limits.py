"""So many frames a second, so much waiting, so many events in memory."""

import asyncio

import pytest
from structlog.testing import capture_logs

from services.gateway.accounts.signing import Visitor
from services.gateway.asking.in_order import InOrder
from services.gateway.http.addresses import note_limit
from services.gateway.http.limits import KEPT, Limits, SlowDown
from services.gateway.live.allowance import Allowance
from services.gateway.live.happened import Happened
from services.gateway.live.ring import Ring
from shared.contracts.asks import StartConversationAsk, Written
from shared.contracts.values import Page
from shared.live import Fading
from shared.messages import new_id

BEGINNING = StartConversationAsk(
    command_id=new_id(), conversation_id=new_id(), message_id=new_id(), page=Page(url="https://shop.example/", title="Shop"),
    written=Written(text="Hello"),
)  # fmt: skip


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def taken(allowance: Allowance, tries: int) -> int:
    return sum(allowance.take() for _ in range(tries))


def test_an_allowance_is_used_up_and_fills_again() -> None:
    clock = Clock()
    allowance = Allowance(rate=60, burst=120, clock=clock)
    assert taken(allowance, 1000) == 120
    clock.now += 0.5
    assert taken(allowance, 1000) == 30
    clock.now += 3600
    assert taken(allowance, 1000) == 120


def test_each_address_has_its_own_allowance() -> None:
    limits = Limits(conversations=600)
    limits.check_address("files", "10.0.0.1", rate=0, burst=1)
    limits.check_address("files", "10.0.0.2", rate=0, burst=1)
    limits.check_address("asks", "10.0.0.1", rate=0, burst=1)
    with pytest.raises(SlowDown):
        limits.check_address("files", "10.0.0.1", rate=0, burst=1)


def test_this_machine_is_not_counted() -> None:
    limits = Limits(conversations=600)
    for _ in range(3):
        limits.check_address("files", None, rate=0, burst=1)


def test_an_address_at_its_limit_is_noted_once() -> None:
    with capture_logs() as noted:
        for _ in range(2):
            note_limit("files", "10.0.0.3")
    [note] = noted
    assert note["ip"] == "10.0.0.3"
    assert "PARLEY_TRUSTED_PROXIES" in note["hint"]


def test_no_crowd_makes_up_for_what_an_address_has_used_up() -> None:
    limits = Limits(conversations=1)
    limits.check_ask("10.0.0.1", Visitor("ana", ""), BEGINNING)
    for number in range(KEPT):
        limits.check("live", str(number), rate=60, burst=120)
        limits.check_ask(None, Visitor(str(number), ""), BEGINNING)
    with pytest.raises(SlowDown):
        limits.check_ask("10.0.0.1", Visitor("eve", ""), BEGINNING)


def happened(position: int, size: int = 10) -> Happened:
    return Happened({"position": position, "type": "contact_met", "data": {"name": "x" * size}})


def ring_of(last: int, kept: int = 100, kept_bytes: int = 10_000) -> Ring:
    ring = Ring(kept, kept_bytes)
    for position in range(1, last + 1):
        ring.add(happened(position))
    return ring


def test_the_ring_gives_what_follows_a_position() -> None:
    ring = ring_of(10)
    assert [event.position for event in ring.after(7)] == [8, 9, 10]
    assert ring.after(10) == []
    assert ring.covers(0)


def test_the_ring_knows_what_it_forgot() -> None:
    ring = ring_of(150)
    assert ring.covers(50)
    assert not ring.covers(49)


def test_the_ring_forgets_by_bytes_too() -> None:
    ring = ring_of(100, kept_bytes=len(happened(1).body) * 5)
    assert not ring.covers(94)
    assert ring.covers(95)


def test_an_empty_ring_covers_nothing() -> None:
    assert not Ring().covers(0)


def test_what_fades_is_gone_after_its_time() -> None:
    clock = Clock()
    fading: Fading[str, str] = Fading(25, clock)
    assert fading.put("socket", "Ben")
    assert not fading.put("socket", "Ben"), "said again is no news"
    clock.now += 20
    assert fading.values() == ["Ben"]
    clock.now += 6
    assert fading.values() == []
    assert fading.forget_faded() == ["socket"]
    assert not fading.drop("socket")


async def test_asks_of_one_conversation_are_done_in_order_and_of_two_side_by_side() -> None:
    done: list[str] = []
    slow = asyncio.Event()
    work = InOrder()

    async def first() -> None:
        await slow.wait()
        done.append("first")

    async def mark(name: str) -> None:
        done.append(name)

    await work.begin("one", first)
    await work.begin("one", lambda: mark("second"))
    await work.begin("two", lambda: mark("other"))
    while "other" not in done:
        await asyncio.sleep(0)
    assert done == ["other"]
    slow.set()
    await work.finish()
    assert done == ["other", "first", "second"]


async def test_a_failed_ask_does_not_hold_up_the_next() -> None:
    done: list[str] = []
    work = InOrder()

    async def fails() -> None:
        raise RuntimeError

    async def goes_on() -> None:
        done.append("went on")

    await work.begin("one", fails)
    failed = work._last["one"]
    await work.begin("one", goes_on)
    await work.finish()
    assert done == ["went on"]
    assert isinstance(failed.exception(), RuntimeError)


async def test_whoever_brings_too_much_waits() -> None:
    slow = asyncio.Event()
    work = InOrder(at_once=1)

    async def wait() -> None:
        await slow.wait()

    await work.begin("one", wait)
    third = asyncio.create_task(work.begin("two", wait))
    await asyncio.sleep(0)
    assert not third.done()
    slow.set()
    await third
    await work.finish()
