"""Heartbeats of sockets and polls alike: when they are due, and who has been silent for too long."""

import orjson

from services.gateway.accounts.signing import Visitor
from services.gateway.live.basket import Basket
from services.gateway.live.fanout import Hub
from services.gateway.live.frames import payload
from services.gateway.live.pulse import BEAT_SECONDS, SILENT_SECONDS, tick
from services.gateway.live.seats import AgentSeat, Seat, VisitorSeat

BEGAN = 100.0


def seated(*seats: Seat) -> Hub:
    hub = Hub()
    for seat in seats:
        hub.add(seat)
    return hub


def test_a_poll_that_nothing_happens_to_is_answered_with_a_heartbeat() -> None:
    widget, console = Basket(), Basket()
    hub = seated(
        VisitorSeat(widget, heard_at=BEGAN, beat_at=BEGAN, visitor=Visitor("ana", "")),
        AgentSeat(console, heard_at=BEGAN, beat_at=BEGAN),
    )
    tick(hub, 7, BEGAN + BEAT_SECONDS - 1)
    assert not widget.filled.is_set()
    for now in (BEGAN + BEAT_SECONDS, BEGAN + BEAT_SECONDS + 1):
        tick(hub, 7, now)
    for basket in (widget, console):
        assert basket.filled.is_set()
        assert [orjson.loads(payload(frame)) for frame in basket.frames] == [{"type": "heartbeat", "position": 7}]


def test_who_has_been_silent_for_too_long_is_not_there_any_more() -> None:
    basket = Basket()
    tick(seated(AgentSeat(basket, heard_at=BEGAN, beat_at=BEGAN)), 7, BEGAN + SILENT_SECONDS + 1)
    assert basket.ended.is_set()
    assert basket.frames == []
