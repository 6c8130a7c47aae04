"""Heartbeats: every socket hears one every 20 s; one that has been silent for 45 s is not there any more."""

import asyncio
from time import monotonic

from services.gateway.live.fanout import Hub
from services.gateway.live.following import Follower
from services.gateway.live.frames import heartbeat_frame

BEAT_SECONDS = 20.0
SILENT_SECONDS = 45.0
TICK_SECONDS = 1.0


async def beat(hub: Hub, follower: Follower) -> None:
    """Beats for as long as the gateway lives."""
    while True:
        await asyncio.sleep(TICK_SECONDS)
        tick(hub, follower.position, monotonic())


def tick(hub: Hub, position: int, now: float) -> None:
    """What is due `now`, in seconds of the monotonic clock."""
    frame = heartbeat_frame(position)
    for seat in hub.seats():
        if now - seat.heard_at > SILENT_SECONDS:
            seat.wire.abort()
        elif now - seat.beat_at >= BEAT_SECONDS:
            seat.beat_at = now
            seat.wire.push(frame)
