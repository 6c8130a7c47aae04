"""The gateway's parts, put together once everything it stands on is there."""

import asyncio
from dataclasses import dataclass

from services.gateway.accounts.presence import Presence
from services.gateway.accounts.sessions import Sessions
from services.gateway.accounts.signing import FileLinks, VisitorTokens
from services.gateway.asking.asks import Asks
from services.gateway.directory import Directory
from services.gateway.files.uploads import Uploads
from services.gateway.http.limits import Limits
from services.gateway.live.company import Company
from services.gateway.live.fanout import Hub
from services.gateway.live.following import Follower
from services.gateway.live.happened import Happened
from services.gateway.live.known import Known
from services.gateway.live.news import News
from services.gateway.live.places import Places
from services.gateway.live.replay import Replay
from services.gateway.migrating import migrate
from services.gateway.queries import snapshot
from shared.files import Files
from shared.live import Signals
from shared.service import Parts


@dataclass
class Gateway:
    """Everything routes and sockets use."""

    parts: Parts
    signals: Signals
    directory: Directory
    sessions: Sessions
    tokens: VisitorTokens
    uploads: Uploads
    hub: Hub
    known: Known
    follower: Follower
    replay: Replay
    news: News
    company: Company
    presence: Presence
    asks: Asks
    limits: Limits
    places: Places
    leaving: asyncio.Event


def put_together(parts: Parts) -> Gateway:
    """The parts, not at work yet."""
    secret = parts.settings.secret.get_secret_value()
    hub, known, signals = Hub(), Known(parts.pool), Signals(parts.bus)
    links, directory, sessions = FileLinks(secret), Directory(parts.pool), Sessions(parts.pool)

    def deliver(happened: Happened) -> None:
        known.hear(happened)
        hub.deliver(happened)

    follower = Follower(parts.feeds, deliver, hub.start_over)
    replay = Replay(parts.bus, parts.pool, follower)
    uploads = Uploads(parts.pool, Files(parts.settings), links)
    return Gateway(
        parts=parts, signals=signals, directory=directory, sessions=sessions, tokens=VisitorTokens(secret), uploads=uploads,
        hub=hub, known=known, follower=follower, replay=replay,
        news=News(signals, hub, directory, sessions, replay),
        company=Company(signals, hub, known, directory),
        presence=Presence(parts.handler, directory, hub),
        asks=Asks(parts.bus, directory, known, uploads, follower),
        limits=Limits(parts.settings.address_conversations), places=Places(parts.settings.address_sockets),
        leaving=asyncio.Event(),
    )  # fmt: skip


async def prepare(gateway: Gateway) -> None:
    """Migrates what is not derived, and looks at the read model for the first time."""
    await migrate(gateway.parts.pool)
    await gateway.directory.load()
    async with snapshot(gateway.parts.pool) as (_, position):
        gateway.replay.projected = position
