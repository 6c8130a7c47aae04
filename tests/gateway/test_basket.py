"""One answer of a poll: in order, without a hole, and not too large. And what is said about whole states between two of them."""

import asyncio

import orjson
import pytest

from services.gateway.live.basket import Basket, Full
from services.gateway.live.frames import payload, wire_frame
from services.gateway.live.polling import answer
from services.gateway.live.seats import AgentSeat
from services.gateway.live.states import read_seen, state, write_seen
from services.gateway.live.wire import MOST_BYTES, MOST_FRAMES
from shared.contracts.live import Goodbye


def frame(number: int) -> bytes:
    return wire_frame(b"%d" % number)


def texts(basket: Basket) -> list[bytes]:
    return [payload(frame) for frame in basket.frames]


async def test_what_was_missed_goes_before_what_happens_meanwhile() -> None:
    basket = Basket()
    basket.hold()
    assert not basket.push(frame(3)), "nobody knows yet whether there will be room"
    await basket.send(frame(1))
    await basket.send(frame(2))
    basket.release()
    assert basket.push(frame(4))
    assert texts(basket) == [b"1", b"2", b"3", b"4"]


async def test_after_the_first_that_does_not_fit_none_is_taken() -> None:
    basket = Basket()
    large, small = wire_frame(b"." * (MOST_BYTES // 2)), frame(1)
    assert basket.push(large)
    assert not basket.push(large)
    assert not basket.push(small)
    assert basket.frames == [large]


async def test_a_frame_larger_than_an_answer_goes_alone() -> None:
    basket = Basket()
    huge = wire_frame(b"." * (MOST_BYTES + 1))
    assert basket.push(huge)
    assert not basket.push(frame(1))
    assert basket.frames == [huge]


async def test_a_long_absence_ends_when_the_answer_is_full_and_nothing_newer_follows() -> None:
    basket = Basket()
    basket.hold()
    basket.push(frame(MOST_FRAMES + 1))
    for number in range(MOST_FRAMES):
        await basket.send(frame(number))
    with pytest.raises(Full):
        await basket.send(frame(MOST_FRAMES))
    basket.release()
    assert texts(basket) == [b"%d" % number for number in range(MOST_FRAMES)]


async def test_nothing_follows_a_goodbye() -> None:
    basket = Basket()
    seat = AgentSeat(basket)
    seat.leave(Goodbye(reason="signed_out"))
    seat.leave(Goodbye(reason="draining"))
    assert not basket.push(frame(1))
    [last] = texts(basket)
    assert orjson.loads(last)["reason"] == "signed_out"


async def test_whoever_waits_is_woken_by_a_frame_and_by_an_end() -> None:
    for happens in ("a frame", "an abort", "a goodbye"):
        basket = Basket()
        waits = asyncio.create_task(basket.filled.wait())
        await asyncio.sleep(0)
        assert not waits.done()
        match happens:
            case "a frame":
                basket.push(frame(1))
            case "an abort":
                basket.abort()
            case _:
                basket.leave(Goodbye(reason="stale"), 0)
        await waits


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 200_000])
def test_a_frame_gives_back_what_it_was_made_of(size: int) -> None:
    assert payload(wire_frame(b"." * size)) == b"." * size


def test_an_answer_is_json_around_frames() -> None:
    basket = Basket()
    assert orjson.loads(answer(basket, {})) == {"frames": [], "seen": ""}
    basket.push(frame(1))
    basket.push(frame(2))
    assert orjson.loads(answer(basket, {"people": "a1"})) == {"frames": [1, 2], "seen": "people=a1"}


def test_a_console_that_comes_back_is_told_what_it_has_not() -> None:
    first, basket = AgentSeat(Basket()), Basket()
    people, counters = state("people", b"Ben"), state("counters", b"at 7: 3", b"3")
    first.tell(people)
    first.tell(counters)
    again = AgentSeat(basket, told=read_seen(write_seen(first.told)))
    for one in (people, state("counters", b"at 8: 3", b"3"), state("counters", b"at 9: 4", b"4"), state("people", b"Ben, Mira")):
        again.tell(one)
    assert basket.frames == [b"at 9: 4", b"Ben, Mira"]


def test_what_did_not_fit_has_not_been_told() -> None:
    basket = Basket()
    seat = AgentSeat(basket)
    basket.push(wire_frame(b"." * MOST_BYTES))
    seat.tell(state("people", b"Ben"))
    assert seat.told == {}


@pytest.mark.parametrize("seen", [None, "", " ", "people", "=", "a=b=c d", "x" * 200])
def test_nonsense_for_what_was_seen_costs_nothing_but_a_state(seen: str | None) -> None:
    basket = Basket()
    AgentSeat(basket, told=read_seen(seen)).tell(state("people", b"Ben"))
    assert basket.frames == [b"Ben"]
