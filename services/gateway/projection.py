"""What each source's events become in the read model; afterwards every gateway is told what changed."""

from functools import partial
from typing import Any

from services.gateway.live.announcing import Announcer
from services.gateway.projections import bots, channels, contacts, entries, notices, people, rows
from services.gateway.visibility import VISIBLE_TYPES
from shared.consuming import Afterwards
from shared.envelope import Recorded
from shared.postgres import Connection

CONVERSATIONS = VISIBLE_TYPES | {
    "comment_added", "ticket_created", "ticket_closed", "contact_met", "contact_identified", "contact_renamed",
    "inbox_opened", "channel_connected", "channel_changed",
}  # fmt: skip
ACCOUNTS = frozenset({"account_created", "profile_changed", "account_deactivated", "presence_changed"})
ROUTING = frozenset({"availability_changed"})
BOTS = frozenset({"bot_published"})
NOTICES = frozenset({"notice_raised", "notice_read"})


class Projection:
    """The gateway's projections, and whom they tell."""

    def __init__(self, announcer: Announcer) -> None:
        self._committed = announcer.committed

    async def conversations(self, connection: Connection, batch: list[Recorded[Any]]) -> Afterwards:
        """Rows, counters, entries, contacts, inboxes and channels."""
        counted = await rows.fold(connection, batch)
        await entries.keep(connection, batch)
        await contacts.keep(connection, batch)
        channels_changed = await channels.keep(connection, batch)
        return partial(self._committed, batch[-1].position, counters=counted, directory=channels_changed)

    async def accounts(self, connection: Connection, batch: list[Recorded[Any]]) -> Afterwards:
        """Colleagues, and who is connected."""
        await people.keep(connection, batch)
        return partial(self._committed, directory=True)

    async def availability(self, connection: Connection, batch: list[Recorded[Any]]) -> Afterwards:
        """Who is available."""
        await people.keep_availability(connection, batch)
        return partial(self._committed, directory=True)

    async def bots(self, connection: Connection, batch: list[Recorded[Any]]) -> Afterwards:
        """Bots, as the widget greets with them."""
        await bots.keep(connection, batch)
        return partial(self._committed, directory=True)

    async def notices(self, connection: Connection, batch: list[Recorded[Any]]) -> Afterwards:
        """What agents have not seen."""
        return partial(self._committed, agents=frozenset(await notices.keep(connection, batch)))
