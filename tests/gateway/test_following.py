"""Following conversations' log: what the log does not have holds nothing up."""

import asyncio
from functools import partial

import orjson

from services.conversations.__main__ import service
from services.gateway.live.following import Follower
from services.gateway.live.happened import Happened
from shared.bus import Bus, connect
from shared.contracts.contacts import MeetContact
from shared.feeding import Feeds
from shared.messages import new_id
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

    async with running(service, settings) as parts:
        bus = Bus(await connect(settings, "follower"))
        follower = Follower(Feeds(bus), deliver, lambda: None)
        following = asyncio.create_task(follower.run())
        await eventually(lambda: follower.knows)
        beyond = {"position": follower.position + 1_000, "type": "contact_met", "data": {}}
        refused = {"Nats-Expected-Last-Sequence": str(beyond["position"])}  # by the mirror, whose subject it has
        await parts.bus.client.publish("conversations.event.contact-x.contact_met", orjson.dumps(beyond), headers=refused)
        await parts.bus.client.flush()
        asked = bus.client.stats["out_msgs"]
        for _ in range(MANY):
            [position] = await handled(parts, MeetContact(**asked_by(ANA), contact_id=new_id(), name="Ana"))
            assert position
            await eventually(partial(told.count, position))
        assert bus.client.stats["out_msgs"] - asked < MANY
        following.cancel()
        await asyncio.wait([following])
        await bus.client.close()
