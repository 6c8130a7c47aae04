"""Following conversations' log: what the log does not have holds nothing up, what others have already is waited for."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial

import orjson
import pytest

from services.conversations.__main__ import service
from services.gateway.live.following import Follower
from services.gateway.live.happened import Happened
from services.gateway.live.replay import FURTHEST, Replay
from shared.bus import Bus, connect
from shared.contracts.contacts import MeetContact
from shared.contracts.live import Hello
from shared.feeding import Feeds
from shared.messages import new_id
from shared.service import Parts
from shared.settings import Settings
from tests.examples import ANA, asked_by
from tests.shared.running import handled, running
from tests.waiting import eventually

MANY = 50


async def test_an_event_from_beyond_the_log_holds_nothing_up(settings: Settings) -> None:
    """As after a database was put back to an earlier day: what was published before it is still on its way."""
    told: list[int] = []

    def deliver(happened: Happened) -> None:
        told.append(happened.position)

    async with running(service, settings) as parts, following(settings, deliver) as (bus, follower):
        beyond = {"position": follower.position + 1_000, "type": "contact_met", "data": {}}
        refused = {"Nats-Expected-Last-Sequence": str(beyond["position"])}  # by the mirror, whose subject it has
        await parts.bus.client.publish("conversations.event.contact-x.contact_met", orjson.dumps(beyond), headers=refused)
        await parts.bus.client.flush()
        asked = bus.client.stats["out_msgs"]
        for _ in range(MANY):
            position = await something_happens(parts)
            await eventually(partial(told.count, position))
        assert bus.client.stats["out_msgs"] - asked < MANY


@asynccontextmanager
async def following(settings: Settings, deliver: Callable[[Happened], None]) -> AsyncIterator[tuple[Bus, Follower]]:
    """A gateway's follower, from the moment it knows the log."""
    bus = Bus(await connect(settings, "follower"))
    follower = Follower(Feeds(bus), deliver, lambda: None)
    running = asyncio.create_task(follower.run())
    await eventually(lambda: follower.knows)
    yield bus, follower
    running.cancel()
    await asyncio.wait([running])
    await bus.client.close()


async def something_happens(parts: Parts) -> int:
    [position] = await handled(parts, MeetContact(**asked_by(ANA), contact_id=new_id(), name="Ana"))
    assert position
    return position


async def test_a_client_that_knows_more_is_waited_with_until_this_gateway_knows_it_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(service, settings) as parts, following(settings, lambda _: None) as (bus, follower):
        resuming = Replay(bus, parts.pool, follower)
        known = Hello(epoch=follower.epoch, position=follower.position + 2)

        async def reached() -> int:
            await resuming.reach(known)
            return follower.position

        waiting = asyncio.create_task(reached())
        assert await something_happens(parts) < await something_happens(parts) == known.position
        assert await waiting == known.position
        monkeypatch.setattr(f"{Follower.__module__}.BEHIND_SECONDS", 3600)
        for nonsense in (known.model_copy(update={"epoch": "another"}), Hello(epoch=follower.epoch, position=2 * FURTHEST)):
            async with asyncio.timeout(5):
                await resuming.reach(nonsense)
        monkeypatch.setattr(f"{Follower.__module__}.BEHIND_SECONDS", 0.01)
        await resuming.reach(Hello(epoch=follower.epoch, position=follower.position + 1))
