"""The long poll, for where sockets do not get through: a seat is taken until there is something to answer."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

import orjson
import structlog

from services.gateway.gateway import Gateway
from services.gateway.live.basket import Basket, Full
from services.gateway.live.conversing import AWAY_MS, CROWDED_MS
from services.gateway.live.frames import payload
from services.gateway.live.seats import AgentSeat, Seat
from services.gateway.live.states import Marks, write_seen
from shared.contracts.live import Goodbye, Hello, Poll
from shared.errors import Refused
from shared.postgres import LOST

log = structlog.get_logger()

LINGER_SECONDS = 0.05
"""What happens within this time of the first news goes into the same answer: a poll costs more than a frame."""

Gone = Callable[[], Awaitable[object]]


async def poll(gateway: Gateway, seat: Seat, basket: Basket, call: Hello | Poll, ip: str | None, gone: Gone) -> None:
    """Puts into the basket what the client missed, else what happens next: a heartbeat at the latest, after 20 s.

    `gone` ends when the client is not there any more. Raises Unavailable before the log is known.
    """
    with gateway.places.one(ip) as taken:
        await gateway.replay.reach(call)
        if gateway.leaving.is_set():
            seat.leave(Goodbye(reason="draining", after_ms=AWAY_MS))
        elif not taken or gateway.hub.crowded(seat):
            seat.leave(Goodbye(reason="too_many", after_ms=CROWDED_MS))
        else:
            await _wait(gateway, seat, basket, call, gone)


async def _wait(gateway: Gateway, seat: Seat, basket: Basket, call: Hello | Poll, gone: Gone) -> None:
    async with _seated(gateway, seat, basket):
        with suppress(Full):
            await gateway.replay.welcome(seat, call)
        basket.release()
        async with _watched(gateway, seat, basket, gone):
            if isinstance(seat, AgentSeat):
                await _attend(gateway, seat, call)
            await basket.filled.wait()
            if isinstance(call, Poll):
                with suppress(TimeoutError):
                    async with asyncio.timeout(LINGER_SECONDS):
                        await basket.ended.wait()


@asynccontextmanager
async def _seated(gateway: Gateway, seat: Seat, basket: Basket) -> AsyncIterator[None]:
    basket.hold()
    gateway.hub.add(seat)
    try:
        yield
    finally:
        gateway.hub.remove(seat)


@asynccontextmanager
async def _watched(gateway: Gateway, seat: Seat, basket: Basket, gone: Gone) -> AsyncIterator[None]:
    """Whoever goes away frees the seat at once; colleagues who looked at something do not any more."""
    watching = asyncio.ensure_future(gone())
    watching.add_done_callback(lambda _: basket.abort())
    try:
        yield
        if watching.done() and isinstance(seat, AgentSeat):
            await gateway.company.view(seat, None)
    finally:
        watching.cancel()


async def _attend(gateway: Gateway, seat: AgentSeat, call: Hello | Poll) -> None:
    """Tells colleagues, and the console what it missed besides events."""
    gateway.presence.polled(seat.account_id)
    try:
        await gateway.news.greet(seat)
        if isinstance(call, Hello):
            await gateway.presence.arrived(seat.account_id)
        elif call.viewing is not None:
            await gateway.company.view(seat, call.viewing)
    except (Refused, *LOST) as away:
        log.info("arrival_waits", error=repr(away))


def answer(basket: Basket, marks: Marks) -> bytes:
    """A `Polled`, put together from frames that are ready."""
    frames = b",".join(payload(frame) for frame in basket.frames)
    return b'{"frames":[%b],"seen":%b}' % (frames, orjson.dumps(write_seen(marks)))
